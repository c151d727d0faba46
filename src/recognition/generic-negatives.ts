import { businessNegatives } from "./business-negatives.ts";
import { fillerNegatives } from "./filler-negatives.ts";
import { foreignNegatives } from "./foreign-negatives.ts";

const lines = (text: string): readonly string[] =>
  text
    .trim()
    .split("\n")
    .map((line) => line.trim());

const smallTalk = lines(`
  what is the weather today
  will it rain tomorrow
  uulan ba mamaya
  ang init ngayon grabe
  may bagyo daw ba sa weekend
  signal number ilan na
  tell me a joke
  sing me a song
  kantahan mo naman ako
  magpatawa ka nga
  who won the game last night
  nanalo ba ang ginebra
  sino champion sa pba
  what is the score of the lakers game
  who is the president of the philippines
  sino ang mayor dito
  what is the capital of france
  how tall is mount apo
  ilang isla meron ang pilipinas
  kailan ang pasko
  how many days till christmas
  when is the next holiday
  may pasok ba bukas
  walang pasok daw sabi sa news
  what is two plus two
  solve for x please
  pa help naman sa assignment ko
  paano mag compute ng average grade
  can you write my essay
  translate this to japanese
  ano english ng sayang
  what does jowa mean
  what time is it in new york
  anong oras na
  set an alarm for six
  wake me up at seven
  play some music
  magpatugtog ka ng opm
  what movie should i watch
  maganda ba yung bagong movie ni kathryn
  who sings this song
  ano title nung kanta sa tiktok
  do you like kpop
  fan ka ba ng bini
  my dog is sick
  namatay yung pusa ko
  ano gamot sa ubo
  masakit ulo ko
  i feel sad today
  nag break kami ng jowa ko
  crush ko siya pero di nya alam
  may boyfriend ka na ba
  will you marry me
  i love you
  mahal kita
  ang ganda mo
  ilang taon ka na
  what do you eat
  anong ulam nyo
  how do i cook adobo
  recipe ng sinigang
  gaano katagal lutuin ang kare kare
  best restaurants in makati
  saan masarap kumain sa binondo
  i am hungry
  gutom na ako
  inaantok na ko
  can't sleep
  good luck on your exam
  pasado ako sa board exam
  how to lose weight
  paano pumayat ng mabilis
  best exercise for abs
  what is bitcoin
  magkano palitan ng dolyar
  usd to php rate
  how do i invest in stocks
  paano yumaman
  nanalo ako sa lotto
  ano winning numbers ng lotto
  book me a flight to japan
  cheapest hotel in boracay
  visa requirements for korea
  how do i renew my passport
  paano kumuha ng nbi clearance
  requirements for drivers license
  saan kukuha ng philhealth id
  how to apply sss loan
  traffic ba sa edsa
  how do i get to ayala by mrt
  anong jeep papuntang quiapo
  may grab ba dyan
  my car won't start
  flat ang gulong ko
  how to change a tire
  call an ambulance
  may sunog sa kanto
  earthquake ba yun
  lumindol sa amin
  brownout na naman
  walang tubig dito
  ang bagal ng internet namin
  how do i fix my wifi
  my laptop is overheating
  paano mag install ng windows
  what is the best programming language
  sino mas malakas si goku o si naruto
  mobile legends tayo
  anong hero counter kay fanny
  rank ko mythic na
  nag rank down ako kainis
  may ganap ba mamaya
  tara kape
  laro tayo
  tambay muna
  asan ka na
  dito na ako sa kanto
  text mo si mama
  nasa bahay na ba si papa
  pakisabi kay ate
  happy birthday
  hbd bro
  merry christmas in advance
  happy fiesta
  condolence po
  ingat kayo palagi
  amen
  god bless you all
  praise the lord
  pray for us
  share this to ten friends
  earn money from home click here
  work from home 5k a day pm me
  loan offer low interest no collateral
  follow back please
  subscribe to my channel
  sub to sub tayo
  vote for my entry
  pa like naman ng photo ko
  pa-react sa post ng anak ko
  wrong send
  wrong sent sorry
  sorry for my brother's message
  napindot lang ng bata
  test
  testing lang
  asdfgh
  qwerty
  hahaha
  hahahaha lol
  lol
  hmm
  hmmm isip muna
  ewan
  bahala na
  charot lang
  joke only
  secret
  wala lang
  trip lang
  boring
  anong trip mo
  kwento ka naman
  what is the meaning of life
  is there a god
  do aliens exist
  what is the speed of light
  who invented the telephone
  kailan pinanganak si rizal
  sino si lapu lapu
  what year did world war two end
  how far is the moon
  how many legs does a spider have
  bakit blue ang langit
  spell accommodation
  synonym of beautiful
  give me a riddle
  bugtong bugtong
  flip a coin
  roll the dice
  pick a number from one to ten
  what is your favorite color
  do you dream
  can you see me
  nakikita mo ba ako
  ang bait mo naman
  bobo mo
  pangit ng ugali
  tsismosa
  nakakatawa yung meme
  did you watch the news
  anong balita
  who will win the election
  sino iboboto mo
  taas ng presyo ng bigas
  mahal na ng gasolina
  how much is rice per kilo in the market
  magkano sibuyas ngayon
  nag aalok po ako ng insurance
  we offer seo services for your page
  may i speak with the owner about a partnership for our water station
  hiring po ba kayo ng driver sa kanila
  saan may murang apartment
  room for rent near ust
  lost dog please share
  nawawala ang bata
  magandang umaga pilipinas
  feeling blessed
  road trip tomorrow
  beach tayo
  ang lamig sa baguio
  naglalaba ako
  nagluluto si nanay
  ang ingay ng kapitbahay
  my teacher is strict
  hirap ng math
  thesis is life
  graduation na namin
  puyat ako kagabi
  ang sakit ng ngipin ko
  first day high
  remind me to call mom
  add milk to my list
  turn off the lights
  what is on my calendar
  read me the news
  where did i park
`);

/**
 * What customers also write that no shop's intents answer: small talk, trivia, the weather, other people's business, noise;
 * English, Filipino and Taglish. Written by us. They teach the rejector of a business that has collected none of its own.
 */
export const genericNegatives: readonly string[] = [
  ...smallTalk,
  ...fillerNegatives,
  ...foreignNegatives,
  ...businessNegatives,
];
