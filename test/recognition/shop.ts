import type { TrainingSet } from "../../src/recognition/training-set.ts";

/** Lines of a small shop: enough to tell four intents apart, few enough to train within a second. */
const lines: Readonly<Record<string, readonly string[]>> = {
  "order-status": [
    "where is my order",
    "track my order please",
    "nasaan na po ang order ko",
    "has my order shipped yet",
    "order status",
    "saan na yung order ko",
    "when will my order arrive",
    "kailan darating ang order ko",
    "is my package on the way",
    "pa-track ng order",
  ],
  "cancel-order": [
    "cancel my order",
    "i want to cancel the order",
    "paki-cancel po ng order ko",
    "i-cancel ko na yung order",
    "please cancel it before it ships",
    "can i still cancel",
    "pwede pa bang i-cancel",
    "cancel ko na lang po",
    "stop my order i changed my mind",
    "ayaw ko na, cancel na",
  ],
  "shipping-fee": [
    "how much is shipping",
    "magkano po ang shipping",
    "shipping fee to cebu",
    "is delivery free",
    "magkano ang delivery fee",
    "do you have free shipping",
    "how much for delivery to davao",
    "may bayad ba ang delivery",
    "shipping cost please",
    "libre ba ang shipping",
  ],
  "reset-password": [
    "i forgot my password",
    "reset my password",
    "cannot log in to my account",
    "nakalimutan ko password ko",
    "di ako makapag login",
    "password reset link not working",
    "how do i change my password",
    "paano mag reset ng password",
    "locked out of my account",
    "hindi ako makapasok sa account",
  ],
};

export const shopNegatives: readonly string[] = [
  "what is the weather today",
  "tell me a joke",
  "who won the game last night",
  "i love pizza",
  "ang init ngayon",
  "do you like music",
  "what is the capital of france",
  "kumusta ang buhay",
  "may pasok ba bukas",
  "good luck on your exam",
];

export const shop: TrainingSet = {
  utterances: Object.entries(lines).flatMap(([intent, texts]) => texts.map((text) => ({ text, intent }))),
  negatives: shopNegatives,
  intents: {
    "order-status": { stage: "delivery", kind: "question" },
    "cancel-order": { stage: "ordering", kind: "task" },
    "shipping-fee": { stage: "delivery", kind: "question" },
    "reset-password": { stage: "account-creation", kind: "task" },
  },
};
