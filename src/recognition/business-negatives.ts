/**
 * What Filipinos write to any shop's page that concerns the business or the shop's surroundings and that no script for
 * customers answers: jobs, suppliers, sponsors, influencers, franchises, students' surveys, other companies' parcels and
 * accounts, messages meant for someone else. Written by us, from everyday usage and no data set. They share their words with
 * a shop's own intents (“order”, “delivery”, “account”, “magkano”), which is what makes them worth having.
 */
export const businessNegatives: readonly string[] = `
  hiring po ba kayo ngayon
  may bakante po ba sa inyo kahit helper lang
  san po pwede mag pasa ng resume
  pwede po mag apply kahit high school grad
  magkano po sahod ng staff nyo per day
  may ojt slot pa po kayo for grade 12
  tumatanggap po ba kayo ng intern this summer
  follow up ko lang po yung application ko last week
  kelan po malalaman kung pasado sa interview
  na-interview po ako kahapon wala pa po tawag
  are you guys looking for a part time cashier
  do you have any job openings for fresh graduates
  is the warehouse staff position still open
  who do i send my cv to
  i applied as a sales associate two weeks ago any update
  anong requirements pag mag aapply na packer
  need nyo po ba ng rider may sarili po akong motor
  may vacancy po ba for graphic artist wfh sana
  tumatanggap po kayo ng working student
  sir baka naman may trabaho kahit taga buhat lang po
  hm po rate ng part timer sa inyo
  dating empleyado po ako hihingi sana ng coe
  pano po kumuha ng certificate of employment sa inyo
  yung final pay ko po di pa binibigay ng hr
  sino po hr nyo may itatanong lang
  pwede po bang mag walk in applicant bukas
  ilang taon po dapat para matanggap sa trabaho
  may age limit po ba sa pag apply
  nakapasa na po ako ng medical kelan po ang start ng duty
  kailangan po ba ng nbi pag nag apply sa inyo

  we are a packaging supplier and would like to send our price list
  good day we manufacture carton boxes baka interested po kayo
  supplier po kami ng ecobag direct from factory
  may i know who handles your purchasing
  pwede po ba kami mag supply ng bubble wrap sa inyo
  can i get the email of your procurement team
  sino po kausapin pag mag aalok ng produkto sa company nyo
  baka gusto nyo po ibenta yung gawa kong kandila sa shop nyo
  gusto ko po sana i-consign yung mga gawa ng nanay ko
  do you accept consignment from local makers
  may handmade bags po ako pwede nyo po bang i display
  we offer accounting and bookkeeping for online sellers
  nag ooffer po kami ng website development baka need nyo
  would you like to rank first on google our agency can help
  we can boost your page to 10k followers for only 999
  pos system for your store free demo po
  offer ko lang po sana internet plan para sa office nyo
  may aircon cleaning po kami baka kailangan ng opisina
  pest control services po for your stockroom
  nag aalok po ng truck for hire lipat bahay
  we are a logistics company looking for merchants to partner with
  bank po ito offering business loan for your shop
  insurance po para sa negosyo nyo maam sir
  may pwesto po kaming paupahan bagay sa shop nyo
  for lease po yung space sa tabi baka gusto nyo mag expand
  inviting your brand to join our weekend bazaar
  may bakanteng booth pa po sa expo namin sa november
  pa-meeting po sana with your marketing head
  kanino po pwede mag send ng proposal
  nag email po kami ng quotation sa purchasing nyo pa check
  hindi pa po bayad yung invoice namin sa inyo since august
  kelan po release ng cheke para sa supplier
  collectible na po yung billing namin sa accounting nyo

  magkano po franchise fee
  open po ba kayo for franchising
  how much capital do i need to franchise your store
  gusto ko po mag franchise dito sa iloilo
  pa send po ng franchise package
  pwede po ba maging business partner
  looking for investors po ba kayo
  i want to invest in your business
  ilang taon bago mabawi puhunan pag nag franchise
  interested po maging kasosyo
  how much do you earn in a month
  magkano kinikita nyo sa ganyang negosyo
  pano po kayo nagsimula sa business nyo
  saan po kayo kumukuha ng paninda nyo
  pa share naman po ng supplier nyo
  ano po gamit nyong app pang inventory
  magkano po puhunan pag magtatayo ng ganitong tindahan
  binebenta nyo po ba tong page nyo
  may I buy your facebook page

  pwede po bang mag sponsor sa liga ng barangay namin
  hihingi po sana kami ng sponsor para sa fiesta
  solicitation letter po para sa basketball league
  pa sponsor po ng jersey ng team namin
  would you like to sponsor our school foundation day
  baka pwede po makahingi ng pa premyo sa raffle namin
  donate naman po kayo sa mga nasunugan
  tumatanggap po kami ng donasyon para sa simbahan
  we are raising funds for a child with leukemia
  pang opera lang po ng nanay ko kahit magkano
  namamasko po
  pahingi naman po ng aguinaldo
  pa ambag po sa lamay
  may outreach program po kami baka gusto nyo sumama
  do you donate unsold stuff to orphanages

  content creator po ako baka pwede ex deal
  i have 20k followers open for collab po ba
  pwede po ba makipag collab sa brand nyo
  pa send po ng pr package gagawan ko ng vlog
  how can i become your brand ambassador
  naghahanap po ba kayo ng model
  rate card ko po baka interested kayo magpa feature
  vlogger po kami pwede mag shoot dyan
  can i film inside your shop for my tiktok
  pwede po bang mag prenup shoot sa lugar nyo
  pa mention po sa story nyo
  follow for follow po tayo
  pwede po ba i-promote yung page ko sa inyo
  pa share po ng post ko sa wall nyo
  may ka live selling po kayo pwede ako mag host
  magkano po bayad nyo sa live seller
  kelangan nyo po ng photographer

  students po kami pwede po ba kayo ma-interview
  may survey lang po kami for our thesis 5 mins lang
  research po namin about online business pasagot naman
  pwede po ba mag conduct ng feasibility study sa shop nyo
  can you answer our questionnaire for marketing class
  sino po ang founder ng company nyo need lang sa report
  ano po mission and vision ng kumpanya nyo
  ilan po ang empleyado nyo para lang sa project
  may organizational chart po ba kayo
  plant tour po sana for our students
  paano gumawa ng business plan assignment namin
  ano ang supply and demand
  pa help po sa case study namin sa accountancy
  define entrepreneurship
  gawan mo ko ng feasibility study bayaran kita

  may wifi po ba dyan
  anong password ng wifi nyo
  pwede po makigamit ng cr
  saan po ang cr
  may charging station po ba kayo nalowbat ako
  pwede po ba magdala ng aso sa loob
  is your place pet friendly
  pwede magpa park dyan kahit di bibili
  may car wash po ba malapit sa inyo
  may makakainan po ba malapit dyan
  may atm po bang malapit dyan
  pwede po bang tumambay dyan habang umuulan
  pwede po ba mag rent ng space nyo for an event
  may naiwan po akong payong dyan kahapon
  naiwan ko po cellphone ko sa mall
  nakapulot po ako ng wallet sa labas ng building
  baha po ba sa harap nyo
  ang lakas ng videoke sa tabi nyo
  ang ingay ng generator nyo taga kabilang bahay ako
  nakaharang po yung truck nyo sa garahe namin
  kanino po yung kotseng puti na nakaparada sa gate namin
  may rally po ba dyan sa kanto

  yung order ko po sa shopee nasan na
  lazada order ko wala pa rin
  sa tiktok shop po ako umorder sa ibang seller
  di pa dumadating yung inorder ko sa shein
  yung parcel ko po galing japan hawak daw ng customs
  magkano po magpadala ng package sa cebu sa lbc
  lalamove po ito nasa baba na ako
  food panda rider po asan na po kayo maam
  sir nandito na po yung grab nyo
  kuya rider po ng kabilang shop kunin ko po yung pick up
  may pa book po bang motor dito
  pa refund naman ng ticket ko sa cebu pacific
  yung load ko po nawala smart
  di po pumasok yung load na binili ko sa sari sari store
  pano i-reverse yung na send kong gcash sa maling number
  may kumaltas sa bank account ko di ko alam ano
  naka hold po yung sweldo ko sa bangko
  pa unlock po ng atm card ko
  magkano po maintaining balance
  how do i increase my credit limit with bpi
  paano ko po mababayaran ang sss loan ko
  nawala po yung philhealth id ko
  kelan po dadating yung national id ko
  pa schedule po ng passport appointment
  naputulan po kami ng kuryente bayad naman na
  no water supply since morning when will it be back
  pa report po ng sirang poste dito sa amin
  may pila ba sa lto ngayon
  pa cancel po ng subscription ko sa globe
  yung order kong pizza isang oras na
  kulang yung fries na dineliver ng mcdo
  malamig na po yung sabaw na dineliver nyo
  pa reserve po ng table for ten
  book po ako ng massage mamayang 6
  magkano po rebond sa inyo
  magpa appointment po sana kay doc
  available po ba si dentist ngayong sabado
  magkano po pa bunot
  pa laundry po 8 kilos
  magkano po pa xerox
  nag piprint po ba kayo ng tarpaulin
  nag aayos po ba kayo ng cellphone
  tumatanggap po kayo ng sangla
  magkano kilo ng bakal sa junkshop
  may bus pa ba pa tuguegarao mamayang gabi
  magkano entrance sa resort
  pwede po ba mag overnight dyan ilang pax
  magkano per head sa catering nyo
  nagtuturo po ba kayo ng driving
  magkano tuition ng grade one dyan
  may enrollment na po ba

  ma nasa school na ko
  pa uwi na ko bibili ako ng ulam
  nak wag kalimutan sinaing
  te pahiram ng charger
  pre ano oras laro mamaya
  bes andito na ko sa tapat nyo lumabas ka na
  tita si jen po ba nandyan
  kay sir mark po ba tong number na to
  si aling nena po ba to
  is this still carla's account
  hello po pa accept ng friend request ko
  nagkita na tayo dati diba
  kamag anak ka ba ni dodong
  taga saan ka pogi
  single pa po ba admin nyo
  pa number naman po ni admin cute sya
  ang ganda ng model nyo pa reto
  type ko yung nag rereply dito
  pwede bang manligaw kay admin
  good night admin dream of me
  nag iisa ka ba ngayon usap tayo
  lonely ako kausapin mo ko
  video call tayo
  sino ka ba talaga
  ikaw ba yung kaklase ko nung elementary
  sorry napindot ng anak ko
  na send ko po sa maling tao
  hindi po dapat sa inyo yung message na yun
  pasensya na nakaw na cellphone to
  ay sa group chat pala dapat to
  bat mo sineen
  block na kita
  sino to bakit mo ko ni like

  nabalitaan nyo na ba yung lindol sa davao
  grabe yung baha sa marikina
  ano na balita sa bagyo
  totoo bang tataas ang gasolina bukas
  magkano na bigas sa palengke
  sinong senador iboboto nyo
  di ako naniniwala sa survey na yan
  may ayuda ba ngayong buwan sa barangay
  kelan po bigayan ng 4ps
  sino nanalo sa laban ni pacquiao
  panalo ba gilas kagabi
  congrats sa uaap champion
  ang ganda ng bagong kanta ng sb19
  napanood mo ba yung batang quiapo kagabi
  anong oras palabas ng eat bulaga
  lumabas na ba result ng bar exam
  ang haba ng pila sa mrt kanina
  nasiraan kami sa slex
  may sabog daw sa divisoria totoo ba
  uso na naman ang flu ingat
  how many grams in one ounce
  anong oras na sa dubai ngayon
  convert 50 dollars to pesos
  ano tagalog ng butterfly
  ilan ang planeta
  sino nagpatayo ng intramuros
  pa solve po 3x plus 5 equals 20
  ano sagot sa number 4
  how to screenshot on iphone
  paano po mag lagay ng music sa story
  bakit ang bilis malowbat ng phone ko
  nag hahang ang laptop ko
  ano magandang pangalan sa baby girl
  masama ba uminom ng malamig pag may regla
  pano mawala tigyawat
  nanaginip ako ng ahas ano meaning
  swerte ba ang year of the horse
  anong ulam maganda ngayong tag ulan
  tinatamad ako pumasok
  graduate na ako sa wakas
  hays monday na naman
  sana all
  charot
  ahahaha
  hehe wala lang po
  eme lang
  hdjsksk
  jjjjjj
  poiuyt
  up
  up up
  dot
  pm sent
  seen
`
  .trim()
  .split("\n")
  .map((line) => line.trim())
  .filter((line) => line !== "");
