import type { OptionText } from './options.ts';

/** The options of useradd and adduser that take a value. */
export const useraddValued: OptionText =
  '-b|--base-dir= -c|--comment= -d|--home-dir|--home= -e|--expiredate= -f|--inactive= -g|--gid= -G|--groups= -k|--skel= -K|--key= -p|--password= -P|--prefix= -R|--root= -s|--shell= -u|--uid= -Z|--selinux-user= --gecos= --ingroup= --conf= --firstuid= --lastuid= --firstgid= --lastgid= --add_extra_groups= -S|--system -r -N|--no-user-group';
/** Those of BusyBox' adduser that mean something else by the same letter. */
export const busyboxAdduserValued: OptionText =
  '-h|--home= -g|--gecos= -s|--shell= -G|--ingroup= -u|--uid= -k|--skel= -S|--system -D';
