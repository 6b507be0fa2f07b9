import { defineCapability } from '../define.ts';
import { decimal, flag, text } from '../kinds.ts';

export const systemHealth = defineCapability({
  id: 'system-health',
  title: 'Health',
  about: 'What the sensors of a board say: temperatures, voltages, fans and power supplies.',
  menu: '/system/health',
  shape: 'table',
  topic: 'system',
  key: ['name'],
  fields: {
    name: text({ about: 'Sensor, such as cpu-temperature or psu1-state.', readOnly: true, column: 1 }),
    // A sensor that has nothing to say answers with a word: that is no number, and never 0.
    value: decimal({ min: -2_147_483_648, max: 2_147_483_647, words: ['ok', 'fail', 'idle', 'no-input', 'not-present'] })({
      about: 'What it measures, or its state in a word.',
      readOnly: true,
      live: true,
      column: 2,
    }),
    type: text({ about: 'Unit: C, V, A, W, RPM, or none.', readOnly: true, column: 3 }),
    state: flag({ about: 'Monitoring is on, on boards that let it be switched.', readOnly: true, live: true }),
    stateAfterReboot: text({ about: 'Whether monitoring will be on after the next boot.', readOnly: true }),
  },
});
