/**
 * What stands in a request for a secret value until the moment it is sent. It begins with the control character SUBSTITUTE, which
 * neither a caller's value nor cleaned router text can hold: a mark is never a value, and no value is ever taken for a mark.
 */

const OPEN = '\u001asealed:';
const MARK = /^\u001asealed:([0-9a-f-]{36})$/;

/** The mark of a sealed value. @param ref names the value in the store */
export const sealedMark = (ref: string): string => `${OPEN}${ref}`;

/** Which sealed value a text stands for; undefined where it is no mark. */
export const refOfMark = (text: string): string | undefined => MARK.exec(text)?.[1];

/** Is there a mark anywhere in this text? Such a text must not leave for a router. */
export const holdsMark = (text: string): boolean => text.includes(OPEN);
