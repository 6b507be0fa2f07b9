import type { Place } from './program.ts';

const HELLO = {
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'test', version: '1' } },
};

/** One tool of the real server over stdio: its structured content, and its text. */
export async function callTool(place: Pick<Place, 'start'>, name: string, args: Readonly<Record<string, unknown>>) {
  const child = place.start(['mcp']);
  const answer = new Promise<string>((resolve, reject) => {
    let out = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text;
      const line = out.split('\n').find((one) => one.includes('"id":2'));
      if (line !== undefined) resolve(line);
    });
    child.on('close', () => reject(new Error(`ended after ${JSON.stringify(out)}`)));
  });
  const call = { jsonrpc: '2.0', id: 2, method: 'tools/call', params: { name, arguments: args } };
  for (const message of [HELLO, { jsonrpc: '2.0', method: 'notifications/initialized' }, call])
    child.stdin.write(`${JSON.stringify(message)}\n`);
  try {
    const { result } = JSON.parse(await answer);
    return { data: result.structuredContent, text: String(result.content[0].text) };
  } finally {
    child.kill('SIGKILL');
  }
}
