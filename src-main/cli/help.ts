// The help texts of the command line. A test holds them against the tables of options.

export const commands = [
  'open',
  'serve',
  'eval',
  'check',
  'export',
  'grade',
  'hand-out',
  'run',
  'race',
  'schema',
] as const
export type Command = (typeof commands)[number]

const folders = `  --workspace DIR   folder of the drawings (usually ~/Interlock)
  --data DIR        folder of settings, recent files and unsaved drafts
  --port N          port to listen on (usually any free one)
  --bind ADDRESS    loopback address to listen on (usually 127.0.0.1)
  --token-file FILE also write the token to FILE, readable by its owner only
  --allow-connections-from-other-machines
                    with --bind and --token-file: listen on an address that
                    others can reach; the connection is not encrypted`

export const commandHelp: Readonly<Record<Command, string>> = {
  open: `interlock open [FILE] [options]

Opens Interlock in an installed browser, with FILE when it is given. Ends some
seconds after the last page was closed.

${folders}
  --look            open FILE to look only: nothing is locked, kept or written
                    beside it
  --stay            go on when the last page was closed
  --no-browser      only print the address
`,
  serve: `interlock serve [options]

Serves Interlock to browsers of this machine and prints the address. Ends on
Ctrl-C.

${folders}
`,
  eval: `interlock eval LAB.OPERATION [FILE|-] [options]
interlock eval LAB.OPERATION --help
interlock eval --list

Computes one function of a lab and prints its result as JSON. FILE (or standard
input) holds the input as JSON: alone, as a case {"input": …}, or as a list
{"cases": [{"id": …, "input": …}, …]}.

  --json              print compact JSON on one line
  --against-expected  compare with the field "expected" of each case instead of
                      printing the results; exit code 1 when one differs
  --list              name all operations
  --help              describe the operation, with an example
`,
  check: `interlock check FILE… [options]

Prints the verdict of drawings (*.interlock, or a text in a format that can be
read, such as DOT or CSV), and for one with a script the step
at which a deadlock arises. The exit code is 0 when all are free or safe
as they are drawn, 1 when one is not, 2 when one cannot be read.

  --json            print one line of JSON for each file
`,
  export: `interlock export FILE --to FORMAT [options]

Turns a drawing into a picture or a text. FILE is a drawing or a text in one of
the formats that can be read. FORMAT is one of

  text dot mermaid json csv markdown latex svg png pdf tikz
  kubernetes compose oci libvirt cast samples

or, for the trace of a run of a drawing whose nodes send messages, one of

  shiviz sequence trace-json counters
  space-time-svg space-time-png space-time-pdf space-time-tikz

or, for the walkthrough of a drawing, one of

  html-player storyboard-pdf storyboard-png

A run is that of the drawing's script; without one it plays to its end. A web
page of a walkthrough is one file that plays by itself, also without a network;
the pictures of its steps come as a handout or in a zip.

  --to FORMAT       what to turn it into
  --out PATH        write to PATH (usually to standard output)
  --no-marks        leave out the marks of the verdict
  --verdict         add the verdict: under a picture, or as a comment in a text
  --title           put the title over a picture
  --background C    white (usual) or transparent: svg, png, pdf
  --scale N         png, storyboard-png: pixels a unit, 1 to 4 (usually 2)
  --outlines        svg: letters as shapes instead of text
  --fragment        tikz: the picture alone, without a document around it
  --axis AXIS       space-time: order (usual) of events, or their time
  --down            space-time: time runs down instead of across
  --stamps KIND     space-time: none (usual), lamport, vector or matrix
  --events N        trace: of a run without a script at most N events
  --per-page N      storyboard-pdf: 2 or 6 steps on a page (usually 6)
`,
  grade: `interlock grade PACK FOLDER [options]

Grades hand-ins. PACK is a folder, a zip file or a drawing with exercises;
FOLDER holds the drawings that students handed in, in folders and zip files
below it too. A file counts when its name holds ".interlock" or its text is a
drawing; what it is called does not matter. One that cannot be read is a row of
the report. Answers are judged by the task of the pack, never by the task in the
hand-in; where the two differ it is said.

Prints a table when no option asks for another form. The exit code is 0 when all
answers are right, 1 when one is not or cannot be read, 2 for a bad pack.

  --csv FILE        write each answer as a row; - for standard output
  --html FILE       write a page that stands alone
  --json            print the report as JSON
  --overwrite       replace files that exist
`,
  'hand-out': `interlock hand-out PACK --to FOLDER [options]

Makes each student's own copy of each exercise of a pack, with the drawing made
from the student's number or name where it varies, begun under their name and
sealed.

  --to FOLDER       where the copies go; made if missing
  --students FILE   CSV file with the columns "name" and "number"
  --name NAME       one student instead of a list
  --number NUMBER   that student's number
  --key FILE        write the right answers of all copies as CSV
  --overwrite       replace files that exist
`,
  run: `interlock run [options] [--] [COMMAND …]

Makes a container step by step from the parts that every container is made of,
and runs COMMAND (usually sh) in this terminal as its PID 1. Needs Linux and
util-linux; root, or an ordinary user where user namespaces are allowed. What
is not possible here is refused when it was asked for, else left out with a
sentence. Everything it makes is named interlock-lab-… and removed at the end.
The exit code is that of COMMAND; 2 for bad options, 125 when a step failed.

  --root ROOT       busybox (usually): a small system of its own; or host: the
                    programs of the host below a layer that is thrown away
  --hostname NAME   host name inside (usually interlock)
  --memory SIZE     limit such as 64M (usually 512M), or none
  --cpu CPUS        limit such as 0.5 (usually none)
  --pids N          limit of processes (usually 256), or none
  --users MAP       who is root inside: none (root of the host; usually for
                    root), self (you; usually for others), or FIRST:COUNT such
                    as 100000:65536 (needs root)
  --network KIND    none, loopback (usually), or veth: a cable to the host
                    (needs root)
  --keep LIST       capabilities that stay (usually
                    kill,net_bind_service,audit_write), or all, or none
  --new-privileges  let setuid programs gain rights
  --forbid CALLS    system calls that are refused, such as mkdir,chmod; then
                    runc makes the container
  --step            tell each step and wait for Enter before it
  --print           only print the shell script that would run
  --oci FOLDER      only write a bundle of the same container for runc

A program that is PID 1 may be deaf to Ctrl-C. Press it three times within two
seconds to end the container.
`,
  race: `interlock race [options]

Runs two threads that add to one counter, many times without and with a mutex,
and counts how many additions were lost. Compiles a small C program when there
is a compiler; else threads of JavaScript share the counter.

  --runs N          runs each way (usually 20)
  --increments N    additions of each thread (usually 100000)
  --threads KIND    c or javascript (usually c where a compiler is found)
  --json            print the results as JSON
  --source          only print the source of the program
`,
  schema: `interlock schema [WHAT]

Prints a JSON Schema. WHAT is drawing (a file *.interlock; usually),
kernel-sample (what the kernel view sees at one moment) or recording (a run
that was kept).
`,
}

export const generalHelp = `interlock COMMAND …

Interlock draws, runs and explains coordination in operating systems.

  open [FILE]       open Interlock in a browser
  serve             serve Interlock to browsers of this machine
  eval              compute one function of a lab
  check FILE…       print the verdict of drawings
  export FILE       turn a drawing or its run into a picture or a text
  grade PACK FOLDER grade hand-ins
  hand-out PACK     make students' copies of exercises
  run COMMAND       run a program in a container, made step by step
  race              lose additions to a race between two threads
  schema            print the JSON Schema of a drawing

  --help            help; also interlock COMMAND --help
  --version         print the version

Exit codes: 0 right, 1 wrong or not free, 2 bad input.
`
