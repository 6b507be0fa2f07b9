// Looks at addresses and reads from them, with the system's authorities for trust; says what each came to. Arguments: addresses.
import { linkOver, openChannel } from '../../../src/lib/client/connect.ts';
import { seeCertificate } from '../../../src/lib/client/trust.ts';
import { systemClock } from '../../../src/lib/core/clock.ts';
import { asFleetError } from '../../../src/lib/core/errors.ts';
import { Secret } from '../../../src/lib/core/secret.ts';

for (const address of process.argv.slice(2)) {
  const { trusted } = await seeCertificate(address, 2_000);
  const target = { address, trust: { kind: 'system' }, username: 'netops', password: new Secret('secret') } as const;
  const link = linkOver(openChannel(target, { connect: 2_000, request: 2_000 }, systemClock));
  const said = await link.read({ verb: 'read', menu: '/ip/dns' }).then(
    (rows) => `${rows.length} rows`,
    (thrown: unknown) => asFleetError(thrown).code,
  );
  await link.close();
  process.stdout.write(`${trusted} ${said}\n`);
}
