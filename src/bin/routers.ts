import { type Fleet, InputError, isSelected, type Manner, type PlanManyRequest, parseSelection } from '../lib/index.ts';
import type { Context } from './command.ts';
import { UsageError } from './failure.ts';
import { oneOf, WHICH } from './values.ts';

type Given = Pick<Context, 'flags'>;
type RolloutOptions = NonNullable<PlanManyRequest['rollout']>;

/**
 * The routers a plan is for: those named by --device, then those that --select finds.
 * @throws UsageError none was named; InputError none was found, or the selection cannot be read
 */
export async function routersOf({ flags }: Given, fleet: Fleet): Promise<readonly string[]> {
  const named = flags.texts('device');
  const text = flags.text('select');
  if (text === undefined) {
    if (named.length === 0) throw new UsageError('--device is missing.', `${WHICH} Several by repeating it, or by --select.`);
    return [...new Set(named)];
  }
  const selection = parseSelection(text);
  const found = (await fleet.devices()).filter((device) => isSelected(selection, device)).map(({ name }) => name);
  if (found.length === 0 && named.length === 0)
    throw new InputError('No router fits the selection.', {
      code: 'UNKNOWN_DEVICE',
      hint: 'routeros-mcp device list shows what they are.',
    });
  return [...new Set([...named, ...found])];
}

/** A router more or less is not what decides whether these are understood. */
const ROLLOUT = ['wave', 'parallel', 'pause-seconds', 'budget', 'on-stop'] as const;

/**
 * How several routers are gone through.
 * @throws UsageError for words that are none, and where one router is named
 */
export function rolloutFrom({ flags }: Given): RolloutOptions | undefined {
  const given = ROLLOUT.find((name) => flags.texts(name).length > 0);
  if (given === undefined) return undefined;
  if (flags.texts('device').length < 2 && flags.text('select') === undefined)
    throw new UsageError(`--${given} is for several routers.`, 'Repeat --device, or use --select.');
  const waves = flags.text('wave');
  const parallel = flags.whole('parallel', { min: 1, max: 25 });
  const pauseSeconds = flags.whole('pause-seconds', { min: 0, max: 3_600 });
  const budget = flags.whole('budget', { min: 0, max: 10_000 });
  const onStop = flags.text('on-stop');
  return {
    ...(waves !== undefined && { waves: wavesOf(waves) }),
    ...(parallel !== undefined && { parallel }),
    ...(pauseSeconds !== undefined && { pauseSeconds }),
    ...(budget !== undefined && { budget }),
    ...(onStop !== undefined && { onStop: oneOf('on-stop', onStop, ['keep', 'roll-back-wave', 'roll-back-all']) }),
  };
}

function wavesOf(text: string): readonly number[] | 'serial' {
  if (text === 'serial') return text;
  if (!/^[1-9]\d{0,3}(?:,[1-9]\d{0,3}){0,99}$/.test(text))
    throw new UsageError('--wave takes sizes from 1 to 9999 joined by commas, or serial.', 'For example --wave 1,5,25');
  return text.split(',').map(Number);
}

/** How a plan is checked and confirmed, besides what it changes. */
export function mannerFrom({ flags }: Given): Manner {
  const checks = flags.texts('check');
  const soakSeconds = flags.whole('soak-seconds', { min: 0, max: 1_800 });
  const guardSeconds = flags.whole('guard-seconds', { min: 60, max: 86_400 });
  return {
    ...(checks.length > 0 && { checks }),
    ...(soakSeconds !== undefined && { soakSeconds }),
    ...(guardSeconds !== undefined && { guardSeconds }),
  };
}
