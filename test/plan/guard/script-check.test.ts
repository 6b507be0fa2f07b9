import { describe, expect, test } from 'vitest';
import type { Runner } from '../../../src/lib/client/types.ts';
import { BugError } from '../../../src/lib/core/errors.ts';
import type { Revert } from '../../../src/lib/plan/guard/revert.ts';
import { ask, checkLines } from '../../../src/lib/plan/guard/script-check.ts';
import { RULES, refusal, table } from './table.ts';

const revert = (...lines: readonly string[]): Revert => ({ source: '', lines, preamble: ':local x; :local y', uncovered: [], covered: 1 });
/** A router that answers what it is told to, and the scripts it was asked. */
const answering = (reply: (script: string) => string | undefined): Runner & { readonly scripts: string[] } => {
  const scripts: string[] = [];
  const run: Runner['run'] = async ({ args }) => {
    scripts.push(String(args['script']));
    const ret = reply(String(args['script']));
    return ret === undefined ? [] : [{ ret }];
  };
  return { scripts, run };
};
const UNFINISHED = {
  code: 'ROUTER_FAULT',
  message: 'The router did not finish checking the undo script.',
  hint: 'The account needs the policies read, write and test; look at the load of the router.',
};

describe('a question to the router', () => {
  test('is answered with what it prints, and waited for', async () => {
    const bench = table();
    expect(await ask(bench.link, [':put 1', ':put 2'])).toBe('1\r\n2\r\n');
    expect(bench.options).toEqual([{ priority: 'person' }]);
    expect(
      await ask(
        answering(() => 'x\nmk-end\r\n '),
        [],
      ),
    ).toBe('x\n');
    expect(bench.calls).toMatchObject([{ verb: 'run', menu: '/', command: 'execute', args: { 'as-string': '' } }]);
  });

  test.each([[undefined], [''], ['mk-end of it'], ['no such command'], ['mk-en']])('that comes to %j was not finished', async (reply) => {
    expect(
      await refusal(
        ask(
          answering(() => reply),
          [':put 1'],
        ),
      ),
    ).toMatchObject(UNFINISHED);
  });

  test('that goes wrong on its way was not finished, though the router says that all is well', async () => {
    expect(await refusal(ask(table().link, [':put 1', ':error "no"', ':put 2']))).toMatchObject(UNFINISHED);
  });
});

describe('a script that the router is to read first', () => {
  const READ = 'The router cannot read the undo script: it was not put there.';

  test('is read line by line, and not run', async () => {
    const bench = table('a');
    await checkLines(bench.link, revert(`${RULES}/remove [${RULES}/find]`, ':put $x', ':do { :put "$y" } on-error={}'));
    expect(bench.order()).toEqual(['a']);
  });

  test.each([
    ['a word nobody knows', ':nonsense'],
    ['a command that its menu has not', '/ip/dns/unset value-name=servers'],
    ['one inside a block', ':do { /ip/dns/unset value-name=servers } on-error={}'],
    ['a menu nobody has', '/ip/nonsense/set x=1'],
    ['a field nobody has', `${RULES}/set *1 no-such=1`],
    ['a bracket that stays open', ':put ('],
  ])('%s is found, and its line named', async (_, line) => {
    const thrown = await refusal(checkLines(table().link, revert(':put 1', line, ':put 2')));
    expect(thrown).toMatchObject({
      message: READ,
      hint: 'Report it with the version of the router; a change of low risk can be made without a guard.',
      details: { line: 2 },
    });
  });

  test('is not taken for good when an answer to a line is missing, or one too many', async () => {
    for (const reply of [
      'mk-line-0\r\n(evl /put)\r\nmk-end',
      'mk-line-0\n(evl a)\nmk-line-1\n(evl b)\nmk-line-2\n(evl c)\nmk-end',
      'mk-end',
    ]) {
      expect(
        await refusal(
          checkLines(
            answering(() => reply),
            revert('a', 'b'),
          ),
        ),
      ).toMatchObject(UNFINISHED);
    }
  });

  test('is not read wrongly where a text in it looks like our own words, and has more than ten lines', async () => {
    const tricky = ['(evl /put message=mk-line-1)', '(evl /put message=a\nmk-line-1 )', ...Array.from({ length: 10 }, () => '(evl /put)')];
    const reply = `${tricky.map((said, at) => `mk-line-${at}\r\n${said}\r\n`).join('')}mk-end`;
    await checkLines(
      answering(() => reply),
      revert(...tricky),
    );
    const bad = reply.replace('mk-line-11\r\n(evl /put)', 'mk-line-11\r\n(evl bad parameter x (line 1 column 2) /put)');
    expect(
      (
        await refusal(
          checkLines(
            answering(() => bad),
            revert(...tricky),
          ),
        )
      ).details,
    ).toEqual({ line: 12 });
  });

  test.each(['(evl /put)', '(evl a)\n  (evl b)', '(evl (evl /ip/dns/set$bad=parameter))'])(
    'is good where the router says %j',
    async (said) => {
      await checkLines(
        answering(() => `mk-line-0\r\n${said}\r\nmk-end`),
        revert('a'),
      );
    },
  );

  test.each([
    '',
    'bad command name x (line 1 column 2)',
    'syntax error',
    'so (evl /put)',
    '(evl /local);(<%% bad command name x (line 1 column 2) x)',
    '(evl /x (evl bad parameter y))',
  ])('is bad where it says %j', async (said) => {
    expect(
      await refusal(
        checkLines(
          answering(() => `mk-line-0\n${said}\nmk-end`),
          revert('a'),
        ),
      ),
    ).toMatchObject({ message: READ });
  });

  test('goes in requests of 40,000 characters at most, unless one line is longer, and never an empty one', async () => {
    const good = (script: string) => `${[...script.matchAll(/^:put "(mk-line-\d+)"/gm)].map(([, at]) => `${at}\n(evl)\n`).join('')}mk-end`;
    const sizes = async (...lengths: readonly number[]) => {
      const runner = answering(good);
      await checkLines(runner, revert(...lengths.map((length) => 'x'.repeat(length))));
      return runner.scripts.map((script) => script.split('\n').length - 1);
    };
    const over = `:put "mk-line-0"; :put [:parse ":local x; :local y; "]`.length;
    expect(await sizes(20_000 - over, 20_000 - over)).toEqual([2]);
    expect(await sizes(20_000 - over, 20_001 - over)).toEqual([1, 1]);
    expect(await sizes(10, 45_000, 10, 10)).toEqual([1, 1, 2]);
    expect(await sizes(30_000, 9_000, 30_000, 9_000)).toEqual([2, 2]);
    expect(await sizes(60_000 - over)).toEqual([1]);
    await expect(sizes(60_001 - over)).rejects.toThrow(BugError);
    await expect(sizes(60_001 - over)).rejects.toThrow('A line of the undo script is longer than a request may be.');
    expect(await sizes()).toEqual([]);
  });
});
