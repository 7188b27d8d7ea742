// What is bundled into a walkthrough's web page: its styles and its script.
import './player.css'
import './player.ts'
