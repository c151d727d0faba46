/** Matters that the sample shop has no intent for, a handful of wordings each: what is not understood comes in groups. */
export const outOfScopeMatters: readonly (readonly string[])[] = [
  [
    "hiring po ba kayo",
    "are you hiring? i want to apply as staff",
    "saan po pwede mag pasa ng resume",
    "mag aapply po sana ng trabaho",
    "any job vacancy in your warehouse",
    "hiring po ba kayo ng rider",
  ],
  [
    "are you open for franchise",
    "pwede po ba mag franchise",
    "magkano po ang franchise fee",
    "franchise inquiry po",
    "franchise details po",
  ],
  [
    "may load po ba kayo",
    "pwede po magpa load",
    "paload po ng globe 100",
    "paload po ng smart 50",
    "load po sana",
  ],
  [
    "pwede po ba magpa sponsor sa event namin",
    "sponsorship po sana para sa liga namin",
    "we are looking for sponsors for our school event",
    "solicitation letter po para sa barangay fiesta",
  ],
  ["nagpapautang po ba kayo", "pautang po kahit 500 lang", "nagpapautang po ba kayo ng pera"],
  ["custom print ng logo sa shirt po", "magkano po magpa print ng tarpaulin"],
  ["may bagyo po ba ngayon", "walang pasok bukas?"],
  ["how do i renew my passport", "saan kumuha ng nbi clearance", "requirements po sa passport"],
  ["sino po nanalo sa pba kagabi", "anong score ng laban kagabi"],
  ["kumain ka na ba", "single ka po ba", "may jowa ka na"],
  ["asdkjh", "????", "hahahaha", "test lang po"],
];

/** How often each of these matters comes, the first ones most. */
export const outOfScopeWeights: ReadonlyMap<string, number> = new Map(
  outOfScopeMatters.map((_, rank) => [String(rank), 1 / (1 + rank)]),
);
