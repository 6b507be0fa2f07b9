import type { ItemView } from '../../lib/index.ts';
import { type Edit, type EditLine, edit, editLine } from './edit-line.ts';

/** Why a person is being asked. */
export type Purpose =
  | { readonly kind: 'command' }
  /** `before` is what the filter was: Escape brings it back. */
  | { readonly kind: 'filter'; readonly before: string }
  | { readonly kind: 'edit'; readonly deviceId: string; readonly capability: string; readonly row: ItemView | null }
  /** `expect` is the name to be typed; null where a yes is enough. */
  | { readonly kind: 'approve'; readonly planId: string; readonly expect: string | null }
  | { readonly kind: 'reject'; readonly planId: string }
  /** A change for all routers that are marked. */
  | { readonly kind: 'edit-many'; readonly deviceIds: readonly string[] }
  | { readonly kind: 'call-off'; readonly planId: string }
  /** First the reason is asked, then, on a prod router, its name. */
  | ({ readonly kind: 'resolve'; readonly reason: string | null } & Resolving)
  /** What is still under way, as a sentence. */
  | { readonly kind: 'quit'; readonly why: string };

/** A stuck router of a plan, and how a person says that it stands. */
export interface Resolving {
  readonly planId: string;
  readonly as: 'pre' | 'post' | 'accept';
  readonly deviceId: string;
  readonly deviceName: string;
  readonly prod: boolean;
}

export interface TextPrompt {
  readonly form: 'text';
  readonly purpose: Purpose;
  readonly label: string;
  readonly input: EditLine;
  /** Why the last Enter was not taken. */
  readonly complaint: string;
  /** An answer is awaited: Enter does nothing meanwhile. */
  readonly waiting: boolean;
  /** Texts that Tab walks through, and the one shown now; -1 is none. */
  readonly offers: readonly string[];
  readonly offer: number;
  /** First line in view of the page behind the question. */
  readonly scroll: number;
}

export interface ChoicePrompt {
  readonly form: 'choice';
  readonly purpose: { readonly kind: 'sort' };
  readonly label: string;
  readonly options: readonly { readonly id: string; readonly word: string }[];
  readonly index: number;
}

export type Prompt = TextPrompt | ChoicePrompt;

/** Asks for a yes or a no to a plan: the page behind it is the plan in short. */
export const isDecision = (prompt: Prompt | null): prompt is TextPrompt =>
  prompt?.purpose.kind === 'approve' || prompt?.purpose.kind === 'reject';

export const ask = (purpose: Purpose, label: string, text = ''): TextPrompt => ({
  form: 'text',
  purpose,
  label,
  input: editLine(text),
  complaint: '',
  waiting: false,
  offers: [],
  offer: -1,
  scroll: 0,
});

export type PromptAction =
  | { readonly type: 'ask'; readonly prompt: Prompt }
  | { readonly type: 'type'; readonly edit: Edit }
  /** Tab: the first time with what can be offered, then on to the next. */
  | { readonly type: 'offer'; readonly offers: readonly string[]; readonly back?: boolean }
  | { readonly type: 'choose'; readonly by: number }
  | { readonly type: 'scroll'; readonly to: number }
  | { readonly type: 'complain'; readonly text: string }
  | { readonly type: 'wait' }
  | { readonly type: 'dismiss' };

export function promptReducer(prompt: Prompt | null, action: PromptAction): Prompt | null {
  if (action.type === 'ask') return action.prompt;
  if (action.type === 'dismiss' || prompt === null) return null;
  if (prompt.form === 'choice')
    return action.type === 'choose'
      ? { ...prompt, index: (prompt.index + action.by + prompt.options.length) % prompt.options.length }
      : prompt;
  switch (action.type) {
    case 'type':
      return prompt.waiting ? prompt : { ...prompt, input: edit(prompt.input, action.edit), complaint: '', offers: [], offer: -1 };
    case 'offer':
      return offered(prompt, action.offers, action.back ? -1 : 1);
    case 'complain':
      return { ...prompt, complaint: action.text, waiting: false };
    case 'scroll':
      return { ...prompt, scroll: action.to };
    case 'wait':
      return { ...prompt, complaint: '', waiting: true };
    case 'choose':
      return prompt;
  }
}

function offered(prompt: TextPrompt, fresh: readonly string[], by: number): TextPrompt {
  const offers = prompt.offers.length > 0 ? prompt.offers : fresh;
  if (offers.length === 0) return prompt;
  const offer = prompt.offer === -1 && by < 0 ? offers.length - 1 : (prompt.offer + by + offers.length) % offers.length;
  // One offer is taken at once: what is typed next is completed anew.
  const only = offers.length === 1;
  return { ...prompt, input: editLine(offers[offer] ?? ''), complaint: '', offers: only ? [] : offers, offer: only ? -1 : offer };
}
