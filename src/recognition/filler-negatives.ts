/** What people write while they think, look something up or do something else: it asks for nothing yet. */
export const fillerNegatives: readonly string[] = `
  hmm
  hmm wait
  hmmm let me think
  hmm ok let me see
  wait
  wait lang
  wait lang po
  wait a moment
  wait a sec po
  please wait for me
  one sec
  one moment
  one moment please
  just a sec
  just a minute
  give me a minute
  give me a sec to find it
  hold on
  hold on please
  hang on
  hang on im looking for it
  brb
  be right back
  let me check
  let me look for it
  let me get back to you
  let me ask my wife first
  i will check my email first
  i'll look it up
  looking for it now
  where did i put it
  i need to find my phone
  not sure yet
  im not sure
  i forgot
  i dont remember
  i have to think about it
  ill think about it
  later
  later nalang
  sandali
  sandali lang
  sandali lang po
  saglit
  saglit lang
  saglit lang po hanapin ko
  teka
  teka lang
  teka lang po
  teka muna
  tingnan ko muna
  check ko muna
  check ko lang po
  hanapin ko lang
  hinahanap ko pa
  kunin ko lang
  kukunin ko lang phone ko
  balikan kita
  balikan ko po kayo mamaya
  mamaya na lang
  mamaya na po
  di ko maalala
  hindi ko po alam
  ewan ko
  ewan
  nalimutan ko na
  pag isipan ko muna
  tanungin ko muna asawa ko
  uhm
  ahm
  uh
  ah ok wait
  so
  well
  anyway
`
  .trim()
  .split("\n")
  .map((line) => line.trim());
