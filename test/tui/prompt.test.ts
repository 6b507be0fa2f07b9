import { describe, expect, test } from 'vitest';
import { ask, type Prompt, type PromptAction, promptReducer } from '../../src/tui/state/prompt.ts';

const run = (start: Prompt | null, ...actions: PromptAction[]): Prompt | null => actions.reduce(promptReducer, start);
const command = ask({ kind: 'command' }, ':');

describe('completion', () => {
  const offers = ['dns', 'dns-flush'];

  test('Tab walks through the offers and round again, shift+Tab back', () => {
    const texts = [1, 2, 3].map((times) => run(command, ...Array.from({ length: times }, () => ({ type: 'offer', offers }) as const)));
    expect(texts.map((prompt) => prompt?.form === 'text' && prompt.input.text)).toEqual(['dns', 'dns-flush', 'dns']);
    expect(run(command, { type: 'offer', offers, back: true })).toMatchObject({ input: { text: 'dns-flush' } });
  });

  test('one offer is taken; the next Tab asks anew', () => {
    expect(run(command, { type: 'offer', offers: ['plans'] })).toMatchObject({ input: { text: 'plans' }, offers: [], offer: -1 });
  });

  test('typing ends it', () => {
    expect(run(command, { type: 'offer', offers }, { type: 'type', edit: { kind: 'insert', text: 'x' } })).toMatchObject({
      input: { text: 'dnsx' },
      offers: [],
    });
  });

  test('nothing to offer changes nothing', () => {
    expect(run(command, { type: 'offer', offers: [] })).toBe(command);
  });
});

describe('an answer that is awaited', () => {
  const waiting = run(command, { type: 'wait' });

  test('is not typed over', () => {
    expect(run(waiting, { type: 'type', edit: { kind: 'insert', text: 'x' } })).toBe(waiting);
  });

  test('may be a complaint, and then the text can be mended', () => {
    const mended = run(waiting, { type: 'complain', text: 'No.' }, { type: 'type', edit: { kind: 'insert', text: 'x' } });
    expect(mended).toMatchObject({ waiting: false, complaint: '', input: { text: 'x' } });
  });
});

test('a choice goes round in both directions', () => {
  const choice: Prompt = {
    form: 'choice',
    purpose: { kind: 'sort' },
    label: 'by',
    options: ['a', 'b', 'c'].map((id) => ({ id, word: id })),
    index: 0,
  };
  expect(run(choice, { type: 'choose', by: -1 })).toMatchObject({ index: 2 });
  expect(run(choice, { type: 'choose', by: 1 }, { type: 'choose', by: 1 }, { type: 'choose', by: 1 })).toMatchObject({ index: 0 });
});

test('the purpose stays the same object whatever is typed: late answers are told by it', () => {
  const typed = run(command, { type: 'type', edit: { kind: 'insert', text: 'x' } }, { type: 'wait' });
  expect(typed?.purpose).toBe(command.purpose);
});
