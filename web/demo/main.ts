import { watchContent } from "./content-state.ts";

const box = document.getElementById("content-state");
if (box !== null) watchContent(box);
