const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/**
 * Frequent words of Filipino chat that are no English words, with usual short forms (“asan”, “kc”, “dn”). Written by us from
 * the closed word classes (particles, pronouns, question words, linkers) and the open words of shopping and service.
 */
export const filipinoWords = words(`
  ako ko akin aking ikaw ka mo iyo iyong siya sya niya nya kanya kanyang kami namin amin aming tayo natin atin ating kayo nyo ninyo inyo inyong sila nila kanila
  ang ng nang mga sa si ni kay kina sina nina ay na pa po opo ho ba nga naman lang lamang din rin daw raw muna kasi kc kaya pala yata sana man tuloy talaga
  ito eto to2 iyan yan yun yung iyon iyong ung un ganito ganyan ganun ganoon nito niyan nyan nun noon dito rito diyan dyan doon dun jan d2
  ano anong sino sinong alin aling saan san nasaan asan nasan kailan kelan paano pano papano bakit bat magkano gaano ilan ilang kanino nino
  hindi di hnd dili wala walang wla huwag wag ayaw ayoko oo hinde ndi meron mayroon mayron merong may pwede puwede pede pwd pwedeng puwedeng dapat kailangan kelangan gusto gustong nais alam
  kung pag kapag kahit dahil pero ngunit subalit at saka tsaka pati tapos tas para upang habang hanggang mula galing bago pagkatapos
  bukas kahapon ngayon ngaun mamaya kanina kagabi umaga tanghali hapon gabi araw araw-araw linggo buwan taon oras minuto lunes martes miyerkules huwebes biyernes sabado
  isa isang dalawa dalawang tatlo tatlong apat lima limang anim pito walo siyam sampu marami maraming konti kaunti lahat iba ibang pareho
  salamat maraming pasensya pasensiya paumanhin kumusta kamusta musta magandang maganda mabuhay sige sge cge oks ate kuya boss sir maam mam ma'am beshie bes sis mamsh
  bili bibili bumili binili bibilhin nabili bilhin bayad babayaran bayaran binayaran nagbayad magbayad magbabayad nagbayad nabayaran libre mura murang mahal presyo halaga pera sukli utang hulog ibalik isauli soli sauli
  padala ipadala pinadala ipinadala nagpadala magpadala dumating darating dating nakarating hatid ihatid kunin kukunin kinuha nakuha kuha makukuha makuha punta pupunta pumunta papunta papuntang
  sira sirang nasira kulang mali maling nawala nawawala tagal matagal ang tagal antagal mabagal mabilis agad agad-agad lagi palagi ulit uli muli laki maliit malaki kulay pula asul itim puti
  tulong tulungan patulong tanong tanung magtanong itanong sagot sagutin reply2 kausap makausap kausapin tao sabihin sabi sinabi tawag tawagan tumawag nakalimutan nakalimot makalimutan limot pasok makapasok pumasok gawa gawin gagawin ginawa nagawa palitan magpalit papalit palit baguhin ibahin ilagay nilagay lagay tingin tingnan tignan nakita makita hanap hinahanap naghahanap hanapin antay hintay naghihintay naghintay hihintayin intay
  subukan nagbukas bukas-bukas sarado bukás galit inis nakakainis grabe hay naku nako jusko lods pre tol lodi petmalu char charot
  q aq n p d dn dun s2 pde pno pnu anu nmn lng tpos hnd hndi kau ngaun ngayun tlga tlaga skn sakin sna sn nsan xa mgkno mgkano mgkanu bka bkas bgo ktgal dting dmating byad ngbyad mgbyad nbwas nkaltas knina bhay prin parin padin dpa dko dq toh poh tgal gnun ganon byaran hulugan ayw wag kaw kso ikaw nlng nlang ulet ilan
  taga pang pampaligo regalo kaibigan nanay tatay anak bahay lugar probinsya bayan
`);

/** Frequent English words of chat that are no Filipino words; loan words that Filipino chat uses freely count as English. */
export const englishWords = words(`
  i me my mine you your yours he him his she her hers it its we us our ours they them their theirs this that these those who whom whose what which when where why how
  am is are was were be been being do does did doing done have has had having can could will would shall should might must
  a an the and or but if because while of for with about against between into through during before after above below from up down in out on off over under again further then once here there all any both each few more most other some such not only own same than too very just now
  yes yeah yep nope ok okay please pls thanks thank thx hi hello hey good morning afternoon evening bye sorry great nice well
  order orders ordered ordering item items product products cart checkout check buy bought purchase price cost fee fees discount promo voucher code sale stock available size color colour blue red black white small medium large
  pay paid payment payments card cash gcash bank transfer balance refund refunds refunded money charge charged installment receipt invoice
  ship shipped shipping delivery deliver delivered delivering package parcel track tracking rider courier address location late delay delayed arrive arrived arriving status update
  cancel cancelled canceled return returned returning exchange replace replacement broken damaged wrong missing defective warranty
  account accounts log login logged sign signup register password email number phone mobile code otp verify verification reset change forgot locked profile name points rewards loyalty subscribe unsubscribe newsletter
  help need want know tell give get got make made go going come see look find found ask question problem issue issues work working works try tried wait waiting still yet already today tomorrow yesterday tonight week month year day days hour hours minutes time next last first second new old long much many free open close closed store stores shop branch near website site app page link online human agent person someone speak talk call contact chat message support service customer
  really actually also maybe never always every anything something nothing everything else even like love hate bad worst best better same different possible allowed accept accepted include
`);
