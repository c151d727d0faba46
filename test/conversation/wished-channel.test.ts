import { describe, expect, it } from "@jest/globals";
import { phraseWords } from "../../src/content/phrase-list.ts";
import { wishedChannelsOf } from "../../src/content/wished-channels.ts";
import { wishedChannelIn } from "../../src/conversation/category/wished-channel.ts";
import { sampleShop } from "../sample-shop.ts";

const { shared, intents } = sampleShop;
const wishIn = (text: string) => wishedChannelIn(phraseWords(text), shared.phrases);

const wishes: Readonly<Record<string, readonly string[]>> = {
  sms: [
    "text nyo na lang ako",
    "i-text nyo na lang po ako sa number ko",
    "txt nyo ako pag ok na",
    "itext nyo na lang ako pag dumating na",
    "pls text me instead",
    "can you text me when it's ready",
    "paki text na lang po ako",
    "pa text po ako pag may stock",
    "sa text na lang po",
    "txet me pls",
    "text back po",
    "mas gusto ko po sa text",
  ],
  viber: [
    "pwede sa viber?",
    "pwede po ba sa viber",
    "viber na lang po tayo",
    "sa vber nlng",
    "do you have viber?",
    "may viber po ba kayo",
    "message me on viber please",
    "lipat na lang tayo sa viber",
  ],
  email: [
    "email me instead",
    "please contact me by email",
    "sa email na lang po ninyo sagutin",
    "i prefer email",
    "paki email na lang po ako",
    "update me via e-mail",
    "can you reply by email? i'm at work",
  ],
  messenger: [
    "sa messenger na lang po",
    "sa msgr n lng",
    "pm nyo na lang ako",
    "contact me through messenger",
    "chat nyo na lang ako sa fb",
    "pwede na lang sa messenger?",
  ],
  call: [
    "call me",
    "tawagan nyo na lang ako",
    "paki tawagan po ako sa bahay",
    "can someone call me back",
    "just give me a call tomorrow",
    "patawag na lang po ako",
  ],
  whatsapp: ["whatsapp me", "are you on whatsapp?", "i'm in Dubai, contact me on whatsapp"],
  telegram: ["sa telegram na lang", "talk to me on telegram"],
};

const mentions = [
  "I logged in with Facebook",
  "where is the sms code",
  "can i sign up with facebook",
  "pwede po ba facebook pang sign up",
  "the email on my account isn't mine anymore",
  "stop texting me",
  "please don't text me anymore",
  "wag nyo na akong i-text, huwag na po text nyo ako",
  "the rider did not text me",
  "rider never call me",
  "the rider should call my other number for this order",
  "somebody called me and said he is from your store",
  "missed the rider's call",
  "kelangan po ba ng email o number lang ok na",
  "change email address on my account",
  "pa-email na lang po ng resibo",
  "kindly email my official receipt",
  "email me a copy of the invoice",
  "text me the otp code again",
  "no text message after ordering",
  "walang text na dumating",
  "ang dami nyong text nakakaistorbo na",
  "araw araw na lng may promo kayo sa messenger, ayoko na po",
  "i will post this on facebook",
  "ipopost ko to sa fb para malaman ng lahat",
  "somebody using your name messaged me on telegram",
  "do u accept orders thru messenger",
  "pwede po ba dito na lang mag order sa messenger",
  "can my mom order by phone call, she has no internet",
  "can i have the riders contact number",
  "can i email the proof",
  "sinend ko na po sa email nyo ung deposit slip",
  "does the ph@example.com email work",
  "got a promo sms from you",
  "my phone is broken",
  "sa inyo po ba talaga tong fb page na to",
  "website says out of stock but your fb post says available",
  "di po nag text sa akin after ko umorder",
  "hindi po ako natawagan ng rider kaya di na-deliver",
  "unsubscribe my email",
  "what is the contents of the text",
  "cancel na lang",
  "",
];

describe("where customers ask to be written to", () => {
  for (const [channel, lines] of Object.entries(wishes))
    it.each(lines)(`“%s” asks for ${channel}`, (line) => {
      expect(wishIn(line)).toBe(channel);
    });

  it.each(mentions)("“%s” asks for no channel", (line) => {
    expect(wishIn(line)).toBeUndefined();
  });

  it("finds no wish in the lines of the shop's intents but in those that ask for news by a channel", () => {
    const found = [...intents.values()].flatMap(({ id, utterances, tests }) =>
      [utterances, tests]
        .flatMap(({ en, fil }) => [...en, ...fil])
        .filter((line) => wishIn(line) !== undefined)
        .map((line) => `${id}: ${line}`),
    );
    // “Text me if you have stocks again” is a wish: the customer says where the news shall go.
    expect(found.filter((line) => !line.startsWith("ordering.wishlist-notify: "))).toEqual([]);
  });

  it("is found nowhere in a shop that lists no channels", () => {
    expect(
      wishedChannelIn(phraseWords("text me"), { wishedChannels: wishedChannelsOf(undefined) }),
    ).toBeUndefined();
  });
});
