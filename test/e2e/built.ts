import path from 'node:path';

/** The real program, as it is installed. */
export const PROGRAM = path.resolve(import.meta.dirname, '../../dist/bin/routeros-mcp.js');
export const ROOT = path.resolve(import.meta.dirname, '../..');
