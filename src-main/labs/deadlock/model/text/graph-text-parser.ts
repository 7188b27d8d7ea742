// The parser made from graph-text.grammar by scripts/grammars.ts. Not to be edited by hand.
import { LRParser } from '@lezer/lr'
const spec_Name = {
  __proto__: null,
  has: 72,
  holds: 76,
  wants: 78,
  requests: 78,
  asks: 80,
  for: 82,
  and: 88,
  process: 90,
  processes: 90,
  type: 92,
  types: 92,
}
export const parser = LRParser.deserialize({
  version: 14,
  states:
    "&fQYQPOOQnQPOOO!PQPO'#CaO!}QPO'#C`O#xQPO'#CvOOQO'#Ct'#CtOOQO'#Cu'#CuO$aQPO'#CsOOQO'#DP'#DPOOQO'#Cx'#CxQ$rQPO'#CxQYQPOOQOQPOOOOQO,58{,58{OOQO,58z,58zO$wQPO'#CyO%SQPO,58yOOQO'#Ci'#CiO%_QPO,59SOOQO'#Cl'#ClOOQO'#Cm'#CmOOQO'#Co'#CoO%dQPO'#CnOOQO'#DR'#DRO%iQPO,59VOOQO'#Cr'#CrOOQO'#DX'#DXOOQO'#C{'#C{O%|QPO,59_OOQO,59d,59dOOQO-E6v-E6vOOQO,59e,59eOOQO-E6w-E6wOOQO'#Cj'#CjOOQO1G.n1G.nOOQO'#Cp'#CpOOQO,59Y,59YOOQO'#DW'#DWOOQO'#Cz'#CzO&WQPO1G.qOOQO-E6y-E6yOOQO-E6x-E6x",
  stateData:
    '&p~OrOSPOS~OUQOVQOWQO}TO!OUO!PXO~OUQOVQOWQO}TO!OUO~OX]OYTXZTXpTXtTXvTXwTXxTX!PTXUTXVTXWTXeTX|TX~OY^OZSXpSXtSXvSXwSXxSX!PSXUSXVSXWSXeSX|SX~OZ_OtaOvcOwdOxeOpjX!PjX~OUQOVQOWQOejO|iO~O!PmO~OUQOVQOWQO~OZ_OpRa!PRa~OUqO~OysO~OvcOwdOxeOp_a!P_a~P$aOpga!Pga~P$aOvcOwdOxeOp_i!P_i~P$aOYUVW~',
  goto: '$b|PPP}!S!dPPPPPP}!n!q}!t!t!t!y#OP#R}#X#X}P#^#d#j#pPPP#vP#}PPPP$U$YVWOPZUSOPZSkVlQo_TuhwaROPVZ_hlwRbSRrbVgShwVfShwRtfXjVhlwVVOPZQZORnZQ`SRp`QwhRywQlVRxlSYOZR[PQhSTuhwTvhwSkVlTuhw',
  nodeNames:
    '⚠ Comment Document Arrows Item Node Name Quoted Unclosed At Times Arrow Has HasWord Amount Claims HoldsWord WantsWord AsksFor AsksWord ForWord Comma AndWord Declare ProcessWord TypeWord Lone Line',
  maxTerm: 47,
  skippedNodes: [0, 1],
  repeatNodeCount: 4,
  tokenData:
    ",P~RlXY!yYZ#[]^!ypq!yrs#ast$lwx%T|}&[}!O&a!O!P%T!Q![%T!b!c&l!c!}%T#R#S%T#T#l%T#l#m)m#m#o%T$f$g!y$g%o%T%o%p+q%p$IS%T$Kh%#t%T%#v%#w&g%&Y&FU%T&FV;'S%T;'S;=`&U<%l?HT%T?HU?M`%T~#OSr~XY!y]^!ypq!y$f$g!y~#aO!P~~#fWW~OY#aZr#ars$Os#O#a#O#P$T#P;'S#a;'S;=`$f<%lO#a~$TOV~~$YSW~OY#aZ;'S#a;'S;=`$f<%lO#a~$iP;=`<%l#a~$qSP~OY$lZ;'S$l;'S;=`$}<%lO$l~%QP;=`<%l$l~%Y^U~wx%T!O!P%T!Q![%T!c!}%T#R#S%T#T#o%T$g%o%T%p$IS%T$Kh%#t%T%&Y&FU%T&FV;'S%T;'S;=`&U<%l?HT%T?HU?M`%T~&XP;=`<%l%T~&aOe~~&dP!`!a&g~&lOZ~~&oXrs'[}!O(c!O!P)O!Q![)O![!])O!c!})O#R#S)O#T#o)O#r#s)O~'_WOY'[Zr'[rs'ws#O'[#O#P'|#P;'S'[;'S;=`(]<%lO'[~'|OX~~(PSOY'[Z;'S'[;'S;=`(]<%lO'[~(`P;=`<%l'[~(fW}!O(c!O!P)O!Q![)O![!])O!c!})O#R#S)O#T#o)O#r#s)O~)TWX~}!O(c!O!P)O!Q![)O![!])O!c!})O#R#S)O#T#o)O#r#s)O~)r^U~wx%T!O!P%T!Q![*n!c!}%T#R#S%T#T#o%T$g%o%T%p$IS%T$Kh%#t%T%&Y&FU%T&FV;'S%T;'S;=`&U<%l?HT%T?HU?M`%T~*u^Y~U~wx%T!O!P%T!Q![*n!c!}%T#R#S%T#T#o%T$g%o%T%p$IS%T$Kh%#t%T%&Y&FU%T&FV;'S%T;'S;=`&U<%l?HT%T?HU?M`%T~+tP!Q![+w~+|PY~!Q![+w",
  tokenizers: [0],
  topRules: { Document: [0, 2], Line: [1, 27] },
  specialized: [{ term: 6, get: (value: keyof typeof spec_Name) => spec_Name[value] || -1 }],
  tokenPrec: 257,
})
