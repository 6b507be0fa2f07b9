import type { Environment, PlanState, Risk, Verb } from '../../lib/index.ts';
import type { Glyphs } from '../theme.ts';
import { type Span, span, type Tone } from './line.ts';

/** States, risks and verbs: each with a sign, a word and a tone, so that none of them depends on colour. */

interface Look {
  readonly sign: (glyphs: Glyphs) => string;
  readonly tone: Tone;
}

const STATES: Readonly<Record<PlanState, Look>> = {
  draft: { sign: ({ unknown }) => unknown, tone: 'dim' },
  review: { sign: ({ call }) => call, tone: 'call' },
  approved: { sign: ({ yes }) => yes, tone: 'info' },
  executing: { sign: ({ running }) => running, tone: 'info' },
  paused: { sign: ({ waiting }) => waiting, tone: 'warn' },
  'rolling-back': { sign: ({ back }) => back, tone: 'warn' },
  completed: { sign: ({ yes }) => yes, tone: 'good' },
  partial: { sign: () => '!', tone: 'warn' },
  failed: { sign: ({ no }) => no, tone: 'bad' },
  'rolled-back': { sign: ({ back }) => back, tone: 'warn' },
  stuck: { sign: () => '!', tone: 'bad' },
  rejected: { sign: ({ no }) => no, tone: 'dim' },
  cancelled: { sign: () => '-', tone: 'dim' },
  expired: { sign: () => '-', tone: 'dim' },
  stale: { sign: () => '~', tone: 'warn' },
};

/** Most urgent first: the order of the list of plans. */
export const STATE_ORDER: readonly PlanState[] = [
  'stuck',
  'review',
  'approved',
  'executing',
  'rolling-back',
  'paused',
  'draft',
  'failed',
  'partial',
  'rolled-back',
  'stale',
  'completed',
  'rejected',
  'cancelled',
  'expired',
];

export const stateSpan = (state: PlanState, glyphs: Glyphs): Span => span(`${STATES[state].sign(glyphs)} ${state}`, STATES[state].tone);

export const riskSpan = (risk: Risk): Span => span(risk, risk === 'high' ? 'bad' : risk === 'medium' ? 'warn' : 'good');

export const environmentSpan = (environment: Environment): Span => span(environment, environment);

export const VERBS: Readonly<Record<Verb, { readonly sign: string; readonly word: string; readonly tone: Tone }>> = {
  add: { sign: '+', word: 'add', tone: 'good' },
  set: { sign: '~', word: 'set', tone: 'warn' },
  remove: { sign: '-', word: 'remove', tone: 'bad' },
  move: { sign: '>', word: 'move', tone: 'info' },
};
