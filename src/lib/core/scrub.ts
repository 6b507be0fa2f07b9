/** `name=value`, `name: value` and `"name":"value"` where the name says that it is secret; the value may be quoted. */
const NAMED = /([\w-]*(?:password|secret|passphrase|key|token|community|\bpin\b)[\w-]*"?\s*[=:]\s*)("(?:[^"\\]|\\.)*"?|\S+)/gi;
/** The name of an SNMP community is what lets people in. */
const COMMUNITY = /(snmp[ /]community.*?[\s/]name=)("(?:[^"\\]|\\.)*"?|\S+)/gi;

/** A text of the router's without the secrets it echoes: RouterOS repeats whole commands in refusals and in its log. */
export const withoutSecrets = (text: string): string =>
  text.includes('=') || text.includes(':') ? text.replace(NAMED, '$1[secret]').replace(COMMUNITY, '$1[secret]') : text;
