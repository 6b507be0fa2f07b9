import { expect, test } from 'vitest';
import { refusal } from '../rig.ts';
import { openLab } from './lab.ts';
import { lockouts } from './lockouts.ts';

lockouts('hap-ax3_7.22.1');

// Fails: such a plan can be approved with the typed name, and the router is then out of reach for good (SAFETY, the guard, step 3).
test('in its factory state, where nothing on it would undo it, it is not cut off at all', async () => {
  await using lab = await openLab([{ recording: 'hap-ax3_7.22.1', name: 'one' }]);
  const { operator, fleet } = await lab.start();
  const off = { verb: 'set', capability: 'ip-service', where: { name: 'www' }, values: { disabled: true } } as const;
  const planned = fleet.plan({ device: 'one', intents: [off] });
  const approved = planned.then(({ view }) => operator.approve(view?.plan.id ?? '', { typedName: 'one' }));
  expect(await refusal(approved)).toMatchObject({ kind: 'denied' });
});
