import type { TrainingSet } from "../../src/recognition/training-set.ts";
import { shop } from "./shop.ts";

/** The small shop with six intents more, so that context has close neighbours to decide between. */
const lines: Readonly<Record<string, readonly string[]>> = {
  "shipping-fee": ["sf po papuntang cavite", "magkano sf sa laguna"],
  "product-price": [
    "how much is the blue dress",
    "magkano po yung dress",
    "price of the white shirt please",
    "hm po yung shoes",
    "magkano po itong bag",
    "what is the price of this jacket",
    "pabulong po ng price",
    "how much for one shirt",
    "magkano isa nito",
    "price list po ng damit",
  ],
  "return-item": [
    "i want to return the shoes",
    "how do i return an item",
    "pwede po bang ibalik yung damit",
    "paano magsauli ng item",
    "return and refund please",
    "ibabalik ko po yung sapatos masikip",
    "wrong size can i exchange it",
    "papalitan ko sana ng mas malaki",
    "the item is damaged i want my money back",
    "may sira po yung natanggap ko gusto ko ibalik",
  ],
  "payment-methods": [
    "what payment methods do you accept",
    "pwede po ba gcash",
    "do you take credit card",
    "paano po magbayad",
    "tumatanggap ba kayo ng cod",
    "can i pay in installments",
    "how can i pay",
    "may bank transfer po ba",
    "paymaya ok lang po ba",
    "saan pwede magbayad",
  ],
  "store-hours": [
    "what time do you open",
    "anong oras po kayo nagsasara",
    "are you open on sunday",
    "bukas po ba kayo ngayon",
    "store hours please",
    "hanggang anong oras kayo",
    "open pa po ba kayo",
    "what are your business hours",
    "may pasok ba kayo pag holiday",
    "opening hours ng branch",
  ],
  "change-address": [
    "i need to change my delivery address",
    "mali po yung address na nalagay ko",
    "paano palitan ang address ng order",
    "update my shipping address",
    "wrong address can you change it",
    "pa-edit po ng address",
    "lumipat na kami ng bahay palitan address",
    "can you send it to my office address instead",
    "ibang address po sana",
    "baguhin ko sana yung tirahan",
  ],
  "book-pickup": [
    "i want to schedule a pick up",
    "book a pickup for my return",
    "kailan pwede kunin ng rider yung item",
    "pa-schedule po ng pickup",
    "when can the courier collect it",
    "set a pick-up date",
    "pwede po ba ipa-pickup sa bahay",
    "reschedule my pickup",
    "palipat po ng schedule ng pick up",
    "collect the parcel from my place",
  ],
};

const stages: Readonly<Record<string, string>> = {
  "product-price": "discovery",
  "return-item": "returns",
  "payment-methods": "payment",
  "store-hours": "discovery",
  "change-address": "delivery",
  "book-pickup": "returns",
};

export const clothesShop: TrainingSet = {
  ...shop,
  utterances: [
    ...shop.utterances,
    ...Object.entries(lines).flatMap(([intent, texts]) => texts.map((text) => ({ text, intent }))),
  ],
  intents: {
    ...shop.intents,
    ...Object.fromEntries(
      Object.entries(stages).map(([intent, stage]) => [intent, { stage, kind: "question" }]),
    ),
  },
};
