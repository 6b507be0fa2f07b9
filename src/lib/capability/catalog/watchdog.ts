import { defineCapability } from '../define.ts';
import { duration, flag, host, text } from '../kinds.ts';

export const watchdog = defineCapability({
  id: 'watchdog',
  title: 'Watchdog',
  about: 'When a router restarts itself because it hangs or an address no longer answers.',
  menu: '/system/watchdog',
  shape: 'singleton',
  topic: 'system',
  key: [],
  fields: {
    watchdogTimer: flag({ about: 'Restart when the system hangs.', column: 1 }),
    watchAddress: host({ about: 'Address that must answer pings, or none.', fallback: 'none', column: 2 }),
    pingStartAfterBoot: duration()({ about: 'Wait after a boot before pinging.', column: 3 }),
    pingTimeout: duration()({ about: 'Silence after which it restarts.', column: 4 }),
    automaticSupout: flag({ about: 'Write a support file after a failure.', column: 5 }),
    autoSendSupout: flag({ about: 'Send the support file by e-mail.' }),
    sendEmailTo: text({ about: 'Who gets the support file.' }),
    sendEmailFrom: text({ about: 'Sender of that e-mail.' }),
    sendSmtpServer: host({ about: 'Mail server it is sent through.' }),
  },
  // A router that watches an address which does not answer restarts again and again.
  risk: ({ before, after }) => {
    const watching = (after?.watchAddress ?? 'none') !== 'none';
    const timing = before?.pingTimeout !== after?.pingTimeout || before?.pingStartAfterBoot !== after?.pingStartAfterBoot;
    if (watching && (before?.watchAddress !== after?.watchAddress || timing)) return 'high';
    return before?.watchdogTimer !== after?.watchdogTimer || before?.watchAddress !== after?.watchAddress ? 'medium' : 'low';
  },
});
