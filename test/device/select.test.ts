import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FleetError } from '../../src/lib/core/errors.ts';
import { isSelected, parseSelection, type Selectable } from '../../src/lib/device/select.ts';

const router = (name: string, more: Partial<Selectable> = {}): Selectable => ({
  name,
  environment: 'lab',
  tags: {},
  facts: { version: '7.20.6', board: 'RB5009UG+S+' },
  ...more,
});
const EDGE = router('edge-1', { tags: { role: 'edge', site: 'New York', name: 'Tom' } });
const selected = (text: string, device = EDGE): boolean => isSelected(parseSelection(text), device);

describe('which routers are meant', () => {
  test.each([
    ['environment=lab', true],
    ['environment=prod', false],
    ['environment=prod,lab', true],
    ['environment!=prod', true],
    ['role=edge', true],
    ['role=core', false],
    ['role!=core', true],
    ['rack!=7', true],
    ['rack=*', false],
    ['toString=*', false],
    ['site="New York"', true],
    ['site="new york"', true],
    ['site="New Y*"', true],
    ['name=edge-*', true],
    ['name=EDGE-1', true],
    ['name=edge', false],
    ['name=*ge*1', true],
    ['name=*ge*2', false],
    ['tag:name=Tom', true],
    ['name=Tom', false],
    ['board=RB5009*', true],
    ['version>=7.16', true],
    ['version>=7.20.6', true],
    ['version>7.20.6', false],
    ['version<7.9', false],
    ['version<=7.20.6', true],
    ['version=7.20.6,7.21', true],
    ['version!=7.20.6,7.21', false],
    ['version<7.21rc1', true],
    ['  environment=lab   role=edge  version>=7.16 name=edge-* ', true],
    ['environment=lab role=core', false],
  ])('%s: %s', (text, wanted) => {
    expect(selected(text)).toBe(wanted);
  });
});

test('a router that does not say its version is neither old nor new', () => {
  const silent = router('x', { facts: { version: '', board: '' } });
  expect(['version<7.9', 'version>=7.9', 'version!=7.9'].map((text) => selected(text, silent))).toEqual([false, false, true]);
});

describe('a selection that cannot be read', () => {
  test.each([
    ['', 'The selection is empty.', 'For example: environment=lab role=edge.'],
    ['   ', 'The selection is empty.', 'For example: environment=lab role=edge.'],
    ['edge', 'The selection is no term at column 1.', 'Write key=value'],
    ['role=edge =x', 'The selection is no term at column 11.', 'Write key=value'],
    ['site="New York', 'The selection is no term at column 1.', 'Write key=value'],
    ['site="New"York', 'The selection is no term at column 1.', 'Write key=value'],
    ['role=', 'The selection has a term without a value at column 1.', 'Give it a value'],
    ['role=edge,', 'The selection has a term without a value at column 1.', 'Give it a value'],
    ['tag:=x', 'The selection names no tag at column 1.', 'Write tag:key=value.'],
    ['role=edge environment=production', 'The selection names an environment that there is not at column 11.', 'lab, staging, prod'],
    ['role>=edge', 'The selection orders what has no order with >= at column 1.', 'only version has an order'],
    ['version>=7', 'The selection has no version of RouterOS at column 1.', 'version>=7.16'],
    ['version>=seven', 'The selection has no version of RouterOS at column 1.', 'version>=7.16'],
    ['version>=7.1,7.2', 'The selection compares with several versions by >= at column 1.', 'Give one version.'],
    ['a'.repeat(1_001), 'The selection is longer than 1000 characters.', 'Use tags.'],
  ])('%s', (text, message, hint) => {
    expect(() => parseSelection(text)).toThrow(
      expect.objectContaining({ code: 'INVALID_INPUT', message, hint: expect.stringContaining(hint) }),
    );
  });
});

test('any text is read or refused with a typed error that repeats nothing of it', () => {
  const text = fc.oneof(fc.string(), fc.stringMatching(/^[a-z:]{1,6}(=|!=|>=|<|>)["a-z*,. ]{0,12}$/));
  fc.assert(
    fc.property(text, (written) => {
      try {
        expect(typeof selected(written)).toBe('boolean');
      } catch (thrown) {
        expect(thrown).toBeInstanceOf(FleetError);
      }
    }),
  );
});

test('a star stands for any characters, as a regular expression would have it', () => {
  const part = fc.stringMatching(/^[ab]{0,3}$/);
  fc.assert(
    fc.property(fc.array(part, { minLength: 1, maxLength: 5 }), fc.stringMatching(/^[ab]{1,10}$/), (parts, name) => {
      const pattern = parts.join('*');
      fc.pre(pattern !== '');
      const wanted = new RegExp(`^${parts.join('.*')}$`).test(name);
      expect(selected(`name=${pattern}`, router(name))).toBe(wanted);
    }),
  );
});

test('no pattern is slow', () => {
  expect(selected(`name=${'*a'.repeat(300)}b`, router('a'.repeat(63)))).toBe(false);
});
