import { defineCapability } from '../define.ts';
import { flag, text, time } from '../kinds.ts';

export const systemClock = defineCapability({
  id: 'system-clock',
  title: 'Clock',
  about: 'The time a router believes it is, and its time zone.',
  menu: '/system/clock',
  shape: 'singleton',
  topic: 'system',
  key: [],
  tool: { read: 'get_system_clock' },
  fields: {
    // RouterOS lets both be set; a plan could never be compared with a value that moves, so here they are read only.
    date: time({ about: 'Local date.', readOnly: true, live: true, column: 1 }),
    time: time({ about: 'Local time of day.', readOnly: true, live: true, column: 2 }),
    timeZoneName: text({ about: 'Time zone, such as Europe/Prague.', column: 3 }),
    timeZoneAutodetect: flag({ about: 'Learn the time zone from the public address.', column: 4 }),
    gmtOffset: text({ about: 'Offset from UTC.', readOnly: true, live: true, column: 5 }),
    dstActive: flag({ about: 'Daylight saving time is in force.', readOnly: true, live: true }),
  },
  // A changed zone moves every scheduled job.
  risk: () => 'medium',
});
