// Help of the namespaces lab, a page a topic.
import type { HelpEntry } from '../index.ts'

export const help: readonly HelpEntry[] = [
  {
    id: 'working',
    week: null,
    title: 'Working with this lab',
    body: [
      'Choose an experiment at the left and press Start. A terminal opens below, and from then on the picture shows what the kernel says about every process that is started in it. Steps have commands: the arrow-in-a-window button types one into the terminal, and nothing runs before you press Enter.',
      'Below the steps stands what should hold. A condition turns to “holds” when the kernel shows it, whichever command led there; the one that is next says what was expected, what was observed, and what is likely in the way.',
      {
        term: 'What changed',
        text: 'Each moment at which something changed is listed, newest first. A press on it, or the bar below the picture, goes back there: Left and Right go one moment, Home to the beginning, End to what is happening now. Changed cells are underlined and tinted.',
      },
      {
        term: 'Clean up',
        text: 'Ends what was started in the terminal, removes what the experiment made, looks again, and says that nothing is left, or what could not be removed.',
      },
      {
        term: 'Keep this run',
        text: 'Puts samples and terminal into the document. Saved or handed in, it can be played again anywhere, also where there is no Linux.',
      },
    ],
  },
  {
    id: 'terminal',
    week: null,
    title: 'What the terminal may do',
    body: [
      'The terminal is a real shell that runs as you: it may read, change and delete your files and use the network, as any terminal of yours. Interlock gives it no further rights, and takes none away.',
      'Interlock only looks: it reads /proc, the control groups and what ip and lsns tell. It types nothing by itself and presses Enter never.',
      'Closing the terminal ends everything that was started in it, also processes that were moved into other namespaces.',
      'A lab machine may have terminals switched off, and macOS and Windows have no namespaces. Then recorded runs can be played with their whole picture.',
    ],
  },
  {
    id: 'matrix',
    week: null,
    title: 'Reading the picture',
    body: [
      'A row is a process, children below their parents. A column is a type of namespace. “host” is the namespace Interlock itself is in; any other gets a letter, and the same letter in a column means the same namespace. The numbers of namespaces are given anew when they are free, so a letter is never used for another one.',
      'A lock means that the kernel does not let you look, which is neither “host” nor “none”. An arrow with a letter below another says where children will be.',
      {
        term: 'pid and inside',
        text: 'A process has one number in each PID namespace around it: the first is the host’s, the last its own.',
      },
    ],
  },
  {
    id: 'namespaces',
    week: 7,
    title: 'Namespaces',
    body: [
      {
        term: 'Namespace',
        text: 'A view of one kind of system resource that a group of processes shares. Processes in another namespace of the same type have another view. Linux has eight types.',
      },
      {
        term: 'pid',
        text: 'Numbers of processes. The first process in one is its PID 1; when it ends, all others in it are killed.',
      },
      {
        term: 'mnt',
        text: 'What is mounted where. It does not hide files on a disk that is mounted in both views: for a private file, mount something private first.',
      },
      { term: 'net', text: 'Interfaces, addresses, routes, ports. A fresh one has only lo, and that is down.' },
      { term: 'uts', text: 'The host name and the domain name.' },
      { term: 'ipc', text: 'System V shared memory, semaphores and message queues, and POSIX message queues.' },
      {
        term: 'user',
        text: 'Numbers of users and groups, and what capabilities count for. It owns the namespaces that are made from it.',
      },
      { term: 'cgroup', text: 'Which control group is seen as the top.' },
      { term: 'time', text: 'An offset of the clocks that count since boot.' },
    ],
  },
  {
    id: 'groups',
    week: 7,
    title: 'Control groups',
    body: [
      {
        term: 'Control group',
        text: 'A group of processes whose use of memory, CPU, processes and more is counted together and can be limited. A namespace changes what processes see; a control group changes how much they get.',
      },
      {
        term: 'Version 1',
        text: 'A tree for each controller: one process may be in /a for memory and in /b for CPU.',
      },
      {
        term: 'Version 2',
        text: 'One tree for all. A group hands controllers to its children in cgroup.subtree_control, and a group that does so holds no processes itself, but for the top.',
      },
      {
        term: 'OOM killer',
        text: 'Ends a process when a group is at its memory limit and nothing can be freed. Exit status 137 alone proves nothing, as any SIGKILL gives it: the counter oom_kill of the group has to rise.',
      },
      {
        term: 'Throttling',
        text: 'A quota is time within a period. Whoever has used it up stands still until the next period, also when the CPU is idle. A weight counts only while others want the CPU too.',
      },
    ],
  },
  {
    id: 'rights',
    week: 8,
    title: 'Users, capabilities, seccomp',
    body: [
      {
        term: 'Id map',
        text: 'Says which users inside a user namespace are which outside, in ranges. Without one everybody is 65534 inside. It can be written once.',
      },
      {
        term: 'Capability',
        text: 'A part of what root may do, such as CAP_NET_ADMIN. It counts in the user namespace in which a process has it, over what that namespace owns, not outside.',
      },
      {
        term: 'Bounding set',
        text: 'Capabilities that a process and its children can ever get. What is dropped from it does not come back.',
      },
      {
        term: 'No new privileges',
        text: 'A mark that stays: programs that are started gain nothing, setuid or not.',
      },
      {
        term: 'Seccomp',
        text: 'A filter program that the kernel asks before each system call: allow, refuse with an error, or kill.',
      },
    ],
  },
  {
    id: 'containers',
    week: 8,
    title: 'From namespaces to a container',
    body: [
      {
        term: 'overlay',
        text: 'A file system of layers. Reading finds the topmost file; writing copies it up first; deleting leaves a whiteout, a character device 0,0, in the upper layer.',
      },
      {
        term: 'pivot_root',
        text: 'Makes another mount the root and puts the old one below it, from where it can be unmounted. Unlike chroot it leaves no way back.',
      },
      {
        term: 'veth',
        text: 'A pair of interfaces, as a cable: what goes in at one end comes out at the other, also in another network namespace.',
      },
      {
        term: 'Container',
        text: 'A process with namespaces of its own, in a control group, with another root and fewer rights. runc makes one in this order: namespaces, control group, mounts, pivot_root, host name, rights, then the program.',
      },
    ],
  },
]
