// Where the page begins: theme before the first paint, then the workbench and its frame.
import './shell/no-eval.ts'
import './ui/global.css'
import { mount } from 'svelte'
import App from './shell/App.svelte'
import { openWire } from './shell/connection/wires.ts'
import { startTheme } from './shell/theme.ts'
import { Workbench } from './shell/workbench.svelte.ts'

declare const __BUILD_ID__: string

startTheme()
const target = document.getElementById('app')
if (target === null) throw new Error('the page has no #app')
const bench = new Workbench({ build: __BUILD_ID__, open: openWire })
mount(App, { target, props: { bench } })
void bench.connection.run()
