import { clothesShop } from "./clothes-shop.ts";
import { shopRecognizer } from "./shop-recognizer.ts";

/** The recognizer of the clothes shop, trained once for all test files of a process. */
export const clothesRecognizer = await shopRecognizer(clothesShop);
