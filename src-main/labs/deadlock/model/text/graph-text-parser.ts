// The parser made from graph-text.grammar by scripts/grammars.ts. Not to be edited by hand.
import { LRParser } from '@lezer/lr'
const spec_Name = {
  __proto__: null,
  has: 76,
  holds: 80,
  wants: 82,
  requests: 82,
  claims: 84,
  asks: 86,
  for: 88,
  and: 94,
  process: 96,
  processes: 96,
  type: 98,
  types: 98,
}
export const parser = LRParser.deserialize({
  version: 14,
  states:
    "&lQYQPOOQnQPOOO!PQPO'#CaO#TQPO'#C`O$UQPO'#CxOOQO'#Cv'#CvOOQO'#Cw'#CwO$sQPO'#CuOOQO'#DR'#DROOQO'#Cz'#CzQ%UQPO'#CzQYQPOOQOQPOOOOQO,58{,58{OOQO,58z,58zO%ZQPO'#C{O%fQPO,58yOOQO'#Cj'#CjO%tQPO,59TOOQO'#Cm'#CmOOQO'#Cn'#CnOOQO'#Co'#CoOOQO'#Cq'#CqO%yQPO'#CpOOQO'#DT'#DTO&OQPO,59WOOQO'#Ct'#CtOOQO'#D['#D[OOQO'#C}'#C}O&fQPO,59aOOQO,59f,59fOOQO-E6x-E6xOOQO,59g,59gOOQO-E6y-E6yOOQO'#Ck'#CkOOQO1G.o1G.oOOQO'#Cr'#CrOOQO,59[,59[OOQO'#DZ'#DZOOQO'#C|'#C|O&pQPO1G.rOOQO-E6{-E6{OOQO-E6z-E6z",
  stateData:
    "']~OtOSPOS~OUQOVQOWQO!QTO!RUO!SXO~OUQOVQOWQO!QTO!RUO~OX]OYTXZTX[TXrTXvTXxTXyTXzTX{TX!STXUTXVTXWTXgTX!PTX~OY^OZSX[SXrSXvSXxSXySXzSX{SX!SSXUSXVSXWSXgSX!PSX~OZ_O[_OvaOxcOydOzeO{fOrlX!SlX~OUQOVQOWQOgkO!PjO~O!SnO~OUQOVQOWQO~OZ_O[_OrRa!SRa~OUrO~O|tO~OxcOydOzeO{fOr`a!S`a~P$sOria!Sia~P$sOxcOydOzeO{fOr`i!S`i~P$sOYUVW~",
  goto: '$e!PPPP!Q!V!gPPPPPPP!Q!q!t!Q!w!w!w!w!|#RP#U!Q#[#[!QP#a#g#m#sPPP#yP$QPPPPP$X$]VWOPZUSOPZSlVmQp_TvixaROPVZ_imxRbSRsbVhSixVgSixRugXkVimxVVOPZQZORoZQ`SRq`QxiRzxQmVRymSYOZR[PQiSTvixTwixSlVmTvix',
  nodeNames:
    '⚠ Comment Document Arrows Item Node Name Quoted Unclosed At Times Arrow ClaimArrow Has HasWord Amount Claims HoldsWord WantsWord ClaimsWord AsksFor AsksWord ForWord Comma AndWord Declare ProcessWord TypeWord Lone Line',
  maxTerm: 50,
  skippedNodes: [0, 1],
  repeatNodeCount: 4,
  tokenData:
    ",_~RmXY!|YZ#_]^!|pq!|rs#dst$owx%W|}&_}!O&d!O!P%W!Q![%W!b!c&o!c!}%W#R#S%W#T#l%W#l#m)p#m#o%W#r#s+t$f$g!|$g%o%W%o%p,P%p$IS%W$Kh%#t%W%#v%#w&j%&Y&FU%W&FV;'S%W;'S;=`&X<%l?HT%W?HU?M`%W~#RSt~XY!|]^!|pq!|$f$g!|~#dO!S~~#iWW~OY#dZr#drs$Rs#O#d#O#P$W#P;'S#d;'S;=`$i<%lO#d~$WOV~~$]SW~OY#dZ;'S#d;'S;=`$i<%lO#d~$lP;=`<%l#d~$tSP~OY$oZ;'S$o;'S;=`%Q<%lO$o~%TP;=`<%l$o~%]^U~wx%W!O!P%W!Q![%W!c!}%W#R#S%W#T#o%W$g%o%W%p$IS%W$Kh%#t%W%&Y&FU%W&FV;'S%W;'S;=`&X<%l?HT%W?HU?M`%W~&[P;=`<%l%W~&dOg~~&gP!`!a&j~&oOZ~~&rXrs'_}!O(f!O!P)R!Q![)R![!])R!c!})R#R#S)R#T#o)R#r#s)R~'bWOY'_Zr'_rs'zs#O'_#O#P(P#P;'S'_;'S;=`(`<%lO'_~(POX~~(SSOY'_Z;'S'_;'S;=`(`<%lO'_~(cP;=`<%l'_~(iW}!O(f!O!P)R!Q![)R![!])R!c!})R#R#S)R#T#o)R#r#s)R~)WWX~}!O(f!O!P)R!Q![)R![!])R!c!})R#R#S)R#T#o)R#r#s)R~)u^U~wx%W!O!P%W!Q![*q!c!}%W#R#S%W#T#o%W$g%o%W%p$IS%W$Kh%#t%W%&Y&FU%W&FV;'S%W;'S;=`&X<%l?HT%W?HU?M`%W~*x^Y~U~wx%W!O!P%W!Q![*q!c!}%W#R#S%W#T#o%W$g%o%W%p$IS%W$Kh%#t%W%&Y&FU%W&FV;'S%W;'S;=`&X<%l?HT%W?HU?M`%W~+wP!`!a+z~,PO[~~,SP!Q![,V~,[PY~!Q![,V",
  tokenizers: [0],
  topRules: { Document: [0, 2], Line: [1, 29] },
  specialized: [{ term: 6, get: (value: keyof typeof spec_Name) => spec_Name[value] || -1 }],
  tokenPrec: 284,
})
