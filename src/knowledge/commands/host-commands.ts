/**
 * What commands of a running machine do in an image build.
 * `service`: starts or stops what ends with the RUN. `machine`: acts on the machine, which the build may not.
 * `session`: waits for somebody at a terminal. `report`: only prints what is so while the build runs.
 */
export type HostUse = 'service' | 'machine' | 'session' | 'report' | 'signal' | 'remote';

const table: Readonly<Record<HostUse, string>> = {
  service: 'service systemctl initctl rc-service telinit',
  machine:
    'shutdown reboot halt poweroff init mount umount swapon swapoff modprobe insmod rmmod hostnamectl timedatectl localectl ufw firewall-cmd iptables ip6tables nft losetup ifconfig ifup ifdown',
  session: 'vim vi nvim nano emacs pico top htop atop less',
  report: 'free ps vmstat uptime dmesg who w',
  signal: 'kill killall pkill',
  remote: 'ssh',
};

export const hostCommands: ReadonlyMap<string, HostUse> = new Map(
  Object.entries(table).flatMap(([use, names]) => names.split(' ').map((name) => [name, use as HostUse] as const)),
);

/** hadolint's list of them (DL3001). */
export const hadolintHostCommands: ReadonlySet<string> = new Set(
  'free kill mount ps service shutdown ssh top vim'.split(' '),
);

/** What the tools of services do without any service running: they only write links and settings. */
export const offlineServiceVerbs: ReadonlySet<string> = new Set(
  'enable disable mask unmask preset preset-all set-default get-default is-enabled list-unit-files link revert edit cat add-wants add-requires'.split(
    ' ',
  ),
);

/** Options with which an editor or a viewer needs nobody at a terminal. */
export const batchOptions =
  /^(?:\+.*|-c|-e|-E|-es|-Es|-s|-u|-S|--cmd|--headless|-b|-bn?\d*|-n\d*|--batch|--script.*|--eval.*|-l|--not-a-term)$/;

/** Scripts that start and stop a service, whatever program their name is as well. */
export const serviceScript = /^\/etc\/(?:rc\.d\/)?(?:init|rc)\.d\/[\w.@-]+$/;
