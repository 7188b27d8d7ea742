// The help texts of the command line. A test holds them against the tables of options.

export const commands = ['open', 'serve', 'eval', 'check', 'export', 'grade', 'hand-out', 'schema'] as const
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
  kubernetes compose oci libvirt

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
  --scale N         png, storyboard-png: pixels for each unit, 1 to 4 (usually 2)
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
  schema: `interlock schema

Prints the JSON Schema of a drawing (*.interlock).
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
  schema            print the JSON Schema of a drawing

  --help            help; also interlock COMMAND --help
  --version         print the version

Exit codes: 0 right, 1 wrong or not free, 2 bad input.
`
