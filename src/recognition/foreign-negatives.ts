/**
 * What people ask of others in the words that they use with a shop: banks, telephone companies, offices, airlines, schools,
 * games, riders; and talk that only sounds like a request. Written by us. Without them “account”, “load” or “magkano” alone
 * would pass for a shop's business.
 */
export const foreignNegatives: readonly string[] = `
  magkano ang passport renewal
  magkano po pamasahe papuntang baguio
  magkano na ang kilo ng baboy ngayon
  magkano ang palitan ng dolyar
  magkano tuition sa ust
  how much is a taxi to the airport
  how much does a house cost in cavite
  how much is bitcoin now
  magkano singil sa kuryente ngayong buwan
  magkano magpabunot ng ngipin
  magkano sahod ng nurse sa canada
  hm po rent ng condo sa makati
  paano kumuha ng nbi clearance
  paano mag apply ng passport
  paano kumuha ng lisensya sa lto
  paano po magpa-member sa sss
  paano mag loan sa pag-ibig
  paano magluto ng sinigang
  paano gumawa ng resume
  paano mawala ang pimples
  pano mag solve ng quadratic equation
  pano manligaw ng babae
  pano mag download ng movie
  pano mag edit ng video sa capcut
  pano po mag commute papuntang moa
  pano matanggal mantsa ng kape sa kama
  paano magpatulog ng baby
  paano mag open ng savings account sa bdo
  paano mag unli load sa globe
  how do i open a savings account
  how do i renew my passport
  how do i file my income tax return
  how do i apply for a credit card with the bank
  how do i block a number on messenger
  how do i get a refund from my airline
  how do i book a flight to singapore
  how do i cook rice without a rice cooker
  how do i fix my wifi
  how do i train my dog to sit
  how do i cancel my gym membership
  how to cancel my netflix
  cancel my flight please
  cancel my dentist appointment
  cancel my grab ride
  i want to cancel my internet with pldt
  nawala ang signal ko sa smart
  walang internet dito since kahapon
  wala akong load pahiram naman
  pasaload po kahit 20 lang
  pa-share-a-load naman po
  naubos data ko
  ang bagal ng wifi namin
  brownout na naman dito
  bayad na ba meralco natin
  magbabayad ako ng utang bukas
  may utang ka pa sakin
  pautang naman po 500 lang
  pa-gcash naman pang kain
  need po ng pera pang gamot
  baka pwede makahiram
  legit loan po ba kayo
  we offer fast cash loan 5 minutes approval
  kikita ka ng 5k a day sa bahay lang message me
  invest now double your money in 3 days
  sali na sa team ko extra income
  home based job po no experience needed
  open for sponsorship po ba kayo
  pa-shoutout naman po
  pa-follow back po
  please like our page and share
  vote for my daughter in the contest please
  pa vote po ng anak ko sa muse
  click this link to win an iphone
  congratulations you won a lottery
  forward this to 20 people for good luck
  panalo ka ng 1 million i-claim mo na
  bumili ka na ba ng ulam
  bili ka nga ng suka sa kanto
  may tinda po bang bigas
  may balut po ba kayo
  isang order po ng chickenjoy
  one large pepperoni pizza please
  dalawang milk tea less sugar
  pa order po ng lechon manok
  pwede pa-deliver ng jollibee
  table for two at seven pm
  may available pa po bang room for tonight
  pa reserve po ng kwarto dalawang gabi
  check in time po sa hotel
  may flight pa po ba bukas papuntang davao
  anong oras alis ng bus pa-bicol
  saan sakayan papuntang antipolo
  saan po ang pinakamalapit na ospital
  saan po banda ang city hall
  saan maganda mag date sa tagaytay
  saan pwede mag swimming
  saan ka nag college
  saan ka nakatira
  nasaan ka na kanina pa kami dito
  nasaan na yung susi ng kotse
  nasan na si kuya
  where is the nearest police station
  where can i watch the game
  where did i put my keys
  kailan ang bayaran ng tuition
  kailan ang susunod na eleksyon
  kailan ang pasko
  kailan ang enrollment
  kailan ang sweldo natin
  kelan tayo magkikita
  kelan ka uuwi
  when is my next period
  when does the movie start
  when is the deadline of the project
  what time is the mass on sunday
  anong oras misa
  anong oras pasok mo
  anong oras labas mo sa trabaho
  anong araw ngayon
  what day is it
  bukas may quiz kami
  may assignment ba tayo
  pasend ng notes sa math
  pa send ng module
  pa explain po ng photosynthesis
  pa translate po sa english
  pa check po ng grammar ko
  gawan mo ko ng essay about love
  write me a poem about rain
  summarize this article for me
  what is the square root of 144
  sino ang pambansang bayani
  sino po ang mayor ng cebu
  sino nanalo sa miss universe
  sino nagsabi nun
  sino ba crush mo
  who is the president
  who invented the telephone
  ano ibig sabihin ng panaginip ko
  ano ang capital ng australia
  ano ba yung ai
  ano zodiac sign mo
  anong gamot sa ubo
  anong gamot sa sakit ng tyan
  anong magandang panoorin sa netflix
  anong best phone for gaming ngayong taon
  anong gagawin ko iniwan nya ako
  anong lucky number ngayon
  ano resulta ng lotto
  ano score ng laro
  bakit umiiyak ang langit
  bakit ganito ang buhay
  bakit di mo ko nireplyan kagabi
  bakit mahal ang bilihin ngayon
  bakit ka malungkot
  why is the sky blue
  why did she leave me
  pwede ba kitang ligawan
  pwede ba tayong magkita
  pwede mo ba kong kantahan
  pwede ka bang maging kaibigan
  pwede makitulog sa inyo
  can you sing a song
  can you be my girlfriend
  can you call me a cab
  can you turn off the lights
  can you play some music
  can you check if my package from amazon us cleared customs
  may boyfriend ka na ba
  may anak ka na
  may bagyo ba
  may pasok ba bukas sa school
  may alam ka bang joke
  may load ka ba
  may pusa ka ba
  may nakita akong multo
  gusto ko nang matulog
  gusto ko maging doktor
  gusto kita
  gusto ko ng ice cream
  gusto ko mag resign
  gusto ko mag abroad
  i want to be a pilot
  i want to learn guitar
  i want to sleep
  i want to file a complaint against my neighbor
  i want to report a crime
  need ko ng kausap nalulungkot ako
  need ko po ng blood donor type o
  nawawala po yung aso namin
  nawala po wallet ko sa jeep
  nanakaw po cellphone ko sa mrt
  naaksidente po kami sa highway
  may sunog po dito sa amin
  call an ambulance
  nagsusuka po yung anak ko
  buntis po ako pwede ba uminom ng kape
  nilalagnat ako
  ang sakit ng puso ko
  na-hack po facebook ko
  hindi ako makapag login sa facebook
  nakalimutan ko password ng gmail ko
  forgot my roblox password
  i forgot my atm pin at the bank
  na-lock po atm ko sa landbank
  nakain ng atm yung card ko
  pa top up po ng diamonds sa ml
  magkano po diamonds sa mobile legends
  ban po account ko sa tiktok
  paano mag rank up sa ml
  ano build mo kay layla
  laro tayo mamaya
  g ka ba mamaya
  tara inom
  kape tayo libre mo
  libre mo naman ako
  kumain ka na ba
  anong ginagawa mo
  gising ka pa
  tulog na tayo
  miss na kita
  ingat pauwi
  happy birthday po sa mama mo
  congrats sa graduation ng anak mo
  merry christmas po sa lahat
  rest in peace lolo
  amen
  praise god
  basahin mo ang bibliya
  iboto natin si kap
  corrupt lahat ng politiko
  ang init ng panahon grabe
  umuulan na dito sa amin
  lumindol ba dyan
  ang traffic sa commonwealth
  na-late ako sa work dahil sa mrt
  pagod na ko sa trabaho
  ayoko na sa boss ko
  tinanggal ako sa trabaho
  wala akong ganang kumain
  ang ganda ng sunset kanina
  ang cute ng pusa mo
  nanood ka ba ng concert
  idol ko talaga si sarah g
  bini fan ka ba
  kinikilig ako sa kdrama
  spoiler naman sa ending
  wrong send po sorry
  wrong number po ata
  ay mali para sa iba pala yun
  di po para sa inyo yun
  test lang po
  testing testing 123
  asdf qwerty
  lorem ipsum dolor
  kkk
  zzz antok na
  lol
  hmmm ewan
  basta yun na yun
  alam mo na yun
  secret
  hulaan mo
  guess who
  ulol
  bwisit na buhay to
  ang panget mo
  walang kwentang gobyerno
`
  .trim()
  .split("\n")
  .map((line) => line.trim());
