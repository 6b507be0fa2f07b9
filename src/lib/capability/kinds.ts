/** Every kind of field that a catalog file can declare. */
export { address, farEnd, host, mac, network, ports, prefix, queueEnd } from './kinds/address.ts';
export { flag, oneOf, openFlag, wordsOn } from './kinds/choice.ts';
export {
  addressSequence,
  addressSet,
  hostSequence,
  networkSequence,
  networkSet,
  prefixSet,
  queueEnds,
  textSequence,
  textSet,
  vlanIds,
  wordSet,
} from './kinds/list.ts';
export { not } from './kinds/negatable.ts';
export { counter, decimal, integer, rate } from './kinds/number.ts';
export { durationPair, isPair, isTimeSpan, ratePair, timeSpan, wordPair } from './kinds/pair.ts';
export { rowsOf, type WrittenRow } from './kinds/rows.ts';
export { echo, longText, ssid, text, word } from './kinds/text.ts';
export { duration, latency, time } from './kinds/time.ts';
