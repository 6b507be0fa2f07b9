import { defineCapability } from '../define.ts';
import { duration, flag, host, oneOf, text } from '../kinds.ts';

export const routerboardSettings = defineCapability({
  id: 'routerboard-settings',
  title: 'Boot settings',
  about: 'How a board starts, how fast it runs, and what its reset button does.',
  menu: '/system/routerboard/settings',
  shape: 'singleton',
  topic: 'system',
  key: [],
  fields: {
    autoUpgrade: flag({ about: 'Upgrade the boot firmware together with RouterOS.', column: 1 }),
    bootDevice: text({ about: 'What it starts from, such as nand-if-fail-then-ethernet.', column: 2 }),
    bootOs: text({ about: 'System it starts: router-os or swos, on boards with both.' }),
    bootProtocol: oneOf('bootp', 'dhcp')({ about: 'Protocol for starting over the network.', column: 3 }),
    bootDelay: duration()({ about: 'Time in which a key stops the start.' }),
    initDelay: duration()({ about: 'Wait before hardware is started.' }),
    enterSetupOn: oneOf('any-key', 'delete-key')({ about: 'Key that opens the boot menu.' }),
    baudRate: text({ about: 'Speed of the serial console while starting.' }),
    silentBoot: flag({ about: 'No beep and no text while starting.', column: 6 }),
    cpuFrequency: text({ about: 'Processor clock, such as 800MHz or auto.', column: 4 }),
    safeCpuFrequency: text({ about: 'Processor clock after a failed start.', readOnly: true }),
    cpuMode: oneOf('power-save', 'regular')({ about: 'Whether an idle processor saves power.' }),
    memoryFrequency: text({ about: 'Memory clock.' }),
    memoryDataRate: text({ about: 'Memory data rate.' }),
    preferredArchitecture: oneOf('arm32', 'arm64')({ about: 'Instruction set used after the next installation.' }),
    disablePci: flag({ about: 'Leave the PCI bus off.' }),
    gpioFunction: text({ about: 'What the general purpose pins are used for.' }),
    regulatoryDomainCe: flag({ about: 'Keep to the radio rules of the European Union.' }),
    enableJumperReset: flag({ about: 'The reset jumper works.' }),
    forceBackupBooter: flag({ about: 'Start with the backup boot loader.', column: 7 }),
    etherbootPort: text({ about: 'Port used for starting over the network.' }),
    prebootEtherboot: duration('disabled')({ about: 'Time to look for an installer on the network before starting.' }),
    prebootEtherbootServer: host({ about: 'Installer that is accepted, or any.' }),
    protectedRouterboot: oneOf('disabled', 'enabled')({ about: 'Lock of the boot loader against being reset by the button.', column: 5 }),
    reformatHoldButton: duration()({ about: 'How long the button must be held to erase a locked board.' }),
    reformatHoldButtonMax: duration()({ about: 'After how long of holding nothing is erased any more.' }),
  },
  // A board that does not start is out of reach for good.
  risk: ({ before, after }) => {
    const rest = (item: typeof before) => JSON.stringify({ ...item, autoUpgrade: false, silentBoot: false });
    return rest(before) === rest(after) ? 'low' : 'high';
  },
  refuse: ({ before, after }) => {
    if (after?.protectedRouterboot === 'enabled' && before?.protectedRouterboot !== 'enabled')
      return 'a locked boot loader can make the board useless: lock it on the router itself';
    return after?.bootOs === 'swos' && before?.bootOs !== 'swos' ? 'it would start SwOS, which cannot be reached as before' : undefined;
  },
});
