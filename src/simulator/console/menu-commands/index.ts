import { notAllowed, refuse } from '../../errors.ts';
import { hasMenu } from '../../state/tables.ts';
import { exportText } from '../export/index.ts';
import { type Builtin, instant, Returned } from '../machine.ts';
import { reboot } from '../power.ts';
import { NIL } from '../value.ts';
import { find, get, print } from './read.ts';
import { runScript } from './run-script.ts';
import { write } from './write.ts';

const READING: Readonly<Record<string, Builtin>> = Object.freeze({ find, get, print });

const notHere: Builtin = instant(({ command }) => {
  throw refuse(`failure: ${command.menu}/${command.name} is not simulated`);
});

/** Whatever comes after it in the script is lost. */
const restart: Builtin = instant(({ machine }) => {
  const { router, account, now } = machine.context();
  if (!account.policies.has('reboot')) throw notAllowed();
  reboot(router, now);
  throw new Returned(NIL);
});

/** The command of a menu, by its name. */
export const menuCommand: Builtin = (call) => {
  const { menu, name } = call.command;
  if (name === 'export') return exportText(call);
  if (menu === '/system/script' && name === 'run') return runScript(call);
  if (menu === '/system' && name === 'reboot') return restart(call);
  const { router } = call.machine.context();
  const reading = READING[name];
  if (reading) return hasMenu(router, menu) ? reading(call) : notHere(call);
  return write(call);
};
