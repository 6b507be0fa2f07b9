import { log } from '../capability/catalog/log.ts';
import { integer, textSet, word } from '../capability/kinds.ts';
import { defineView } from './define.ts';
import { type Item, orNull, rowsOf, totalOf } from './values.ts';

export const recentLogs = defineView({
  id: 'recent-logs',
  title: 'Recent log lines',
  about: 'The newest lines of the log of a router, newest first, chosen by topic, time and words before they are cut.',
  topic: 'diagnostics',
  tool: 'get_recent_logs',
  input: {
    topics: textSet({ about: 'Only lines with one of these topics, as error or firewall.' }),
    message: word({ about: 'Only lines with these words in them.' }),
    startTime: word({ about: 'Not before this time of the router, as 2026-03-14 09:00:00.' }),
    endTime: word({ about: 'Not after this time of the router.' }),
    limit: integer({ min: 1, max: 1_000 })({ about: 'Most lines; 100 by default.' }),
  },
  parts: {
    lines: { read: log, last: true },
  },
  compose: ({ lines }, input) => {
    const fitting = rowsOf(lines).filter((row) => fits(row, input));
    const shown = fitting.toReversed().slice(0, Number(input['limit'] ?? 100));
    return {
      logEntries: shown.map((row) => ({
        id: row['id'],
        time: orNull(row['time']),
        topics: orNull(row['topics']),
        message: orNull(row['message']),
      })),
      matching: lines?.missing === undefined ? fitting.length : null,
      searched: rowsOf(lines).length,
      linesInAll: totalOf(lines),
    };
  },
});

/** Times of the log are full dates in the order of their letters. */
function fits(row: Item, { topics, message, startTime, endTime }: Item): boolean {
  const has = Array.isArray(row['topics']) ? row['topics'].map(String) : [];
  const time = String(row['time'] ?? '');
  if (Array.isArray(topics) && topics.length > 0 && !topics.some((topic) => has.includes(String(topic)))) return false;
  if (
    typeof message === 'string' &&
    !String(row['message'] ?? '')
      .toLowerCase()
      .includes(message.toLowerCase())
  )
    return false;
  return !(typeof startTime === 'string' && time < startTime) && !(typeof endTime === 'string' && time > endTime);
}
