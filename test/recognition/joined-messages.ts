import { contextFreeLines } from "./context-turns.ts";

/** Messages with two requests, and what they ask for, in order; as customers of the clothes shop write. */
const written: readonly (readonly [message: string, first: string, second: string])[] = [
  ["magkano po sf at paano magbayad", "shipping-fee", "payment-methods"],
  ["nasaan na order ko tapos magkano shipping", "order-status", "shipping-fee"],
  ["magkano po yung dress saka pwede po ba gcash", "product-price", "payment-methods"],
  ["open po ba kayo ngayon tska magkano yung bag", "store-hours", "product-price"],
  ["i forgot my password and i want to cancel my order", "reset-password", "cancel-order"],
  ["hi po magkano shipping fee? tsaka tumatanggap po ba kayo ng cod", "shipping-fee", "payment-methods"],
  ["pa-cancel po ng order ko pati magkano ulit yung white shirt", "cancel-order", "product-price"],
  ["where is my order, also can i change my delivery address", "order-status", "change-address"],
  ["how much is the jacket plus what time do you open", "product-price", "store-hours"],
  ["gusto ko po ibalik yung damit at kailan pwede kunin ng rider", "return-item", "book-pickup"],
  ["track my order please. how do i reset my password", "order-status", "reset-password"],
  ["anong oras po kayo nagsasara\nmagkano po ang shipping", "store-hours", "shipping-fee"],
  ["paano po magbayad, magkano po shipping fee", "payment-methods", "shipping-fee"],
  ["mali po yung address ko at hindi ako makapag login", "change-address", "reset-password"],
  ["do you accept gcash & are you open on sunday", "payment-methods", "store-hours"],
  [
    "cancel my order tapos ibalik yung pera, ay paano po magreset ng password",
    "cancel-order",
    "reset-password",
  ],
  ["price of the shoes please; is there free shipping", "product-price", "shipping-fee"],
  ["may sira po yung natanggap ko. pa-schedule po ng pickup", "return-item", "book-pickup"],
  ["kailan po darating order ko? pwede pa po palitan address", "order-status", "change-address"],
  ["what payment methods do you have and how much is shipping to cebu", "payment-methods", "shipping-fee"],
];

const joints = [
  " and ",
  " at ",
  " tapos ",
  " saka ",
  " tska ",
  ", also ",
  " plus ",
  "? ",
  ". ",
  ", ",
  "\n",
  " pati ",
  " tas ",
  " & ",
];

/** Every fourth of the clear lines joined with one some way on, by each joint in turn. */
const paired = contextFreeLines.flatMap(([first, meant], i): (readonly [string, string, string])[] =>
  [7, 23].flatMap((ahead, n): (readonly [string, string, string])[] => {
    const [second, other] = contextFreeLines[(i + ahead) % contextFreeLines.length] ?? ["", ""];
    // A line with a joint of its own would make three requests or none.
    if (meant === other || /,|\band\b|ok na|yes /.test(first + second)) return [];
    const joint = joints[(2 * i + n) % joints.length] ?? " ";
    return [[`${first}${joint}${second}`, meant, other]];
  }),
);

export const twoRequests = [...written, ...paired];

/** Messages with one request and a word that may join two. */
export const oneRequest: readonly string[] = [
  "where can i read your terms and conditions",
  "pick up at showroom",
  "magkano po ang shipping sa luzon at visayas",
  "do you have shirts and pants",
  "magkano po yung blue at red na dress",
  "how much is the blue and white dress",
  "cancel my order and refund me please",
  "i want to return the shoes and get my money back",
  "track my order and tell me where it is",
  "hi po, where is my order",
  "good morning, magkano po shipping",
  "hello and good day, how do i reset my password",
  "cancel my order. please cancel my order",
  "i want to cancel the order and i mean it",
  "track my order please. thanks and god bless",
  "i ordered a dress and shoes, where is my order",
  "umorder po ako ng damit at sapatos, nasaan na po",
  "my order is late and i am so mad",
  "how do i return an item and do i need the receipt for it",
  "pwede po ba gcash or paymaya",
  "do you take visa and mastercard",
  "gcash, maya, or card po ba",
  "are you open on saturday and sunday",
  "bukas po ba kayo sabado at linggo",
  "open po ba kayo lunes, martes, at miyerkules",
  "what time do you open and close",
  "anong oras kayo nagbubukas at nagsasara",
  "i forgot my username and password",
  "nakalimutan ko po email at password ko",
  "i cannot log in and i do not know why",
  "di ako makapasok sa account tapos na-lock pa",
  "change my address and phone number",
  "palitan po ang address at contact number",
  "mali po ang address, pa-edit po",
  "i moved, please change my delivery address",
  "lumipat po kami kaya palitan nyo po yung address ko, salamat",
  "schedule a pick up at my house at 3 pm",
  "book a pickup for monday and not sunday",
  "pa-schedule po ng pickup bukas at 9 am",
  "the shoes are too small and tight, can i exchange it",
  "masikip at maliit po yung sapatos, papalitan ko sana",
  "may sira at may mantsa po yung damit gusto ko ibalik",
  "the bag is damaged. i want to return it",
  "wrong size po, pwede po ba ibalik yun",
  "nasaan na po ang order ko? ang tagal na kasi",
  "where is my order? it has been two weeks",
  "kailan po darating ang order ko, sabi nyo kahapon pa",
  "how much is shipping to cebu and bohol",
  "magkano shipping papuntang iloilo, bacolod, at cebu",
  "free shipping po ba, at least sa manila",
  "magkano po lahat, kasama na shipping",
  "how much is the bag, the one in the photo",
  "hm po yung jacket, yung black",
  "price po ng dress, small size",
  "i want to buy two shirts and one bag, how much",
  "paano po magbayad, first time ko po kasi",
  "how can i pay? i don't have a card",
  "can i pay half now and half later",
  "cod po ba o bank transfer",
  "pwede po ba installment, 3 or 6 months",
  "salamat po at god bless, pa-cancel na lang po ng order",
  "hello po! tanong ko lang po, nasaan na order ko",
  "excuse me, is there free shipping",
  "please reset my password, thank you very much",
  "ok sige po. paano po magbayad",
];
