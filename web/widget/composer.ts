import type { Shell } from "./shell.ts";

/** How often the server is told at most that the customer is typing, ms: it waits with its answer for that. */
const typingMs = 2_500;

interface Actions {
  onText(text: string): void;
  onFiles(files: readonly File[]): void;
  onTyping(): void;
}

/** The field, its growth, and what is sent from it. */
export function listenToComposer({ composer, input, pickers }: Shell, actions: Actions): void {
  const told = { at: -Infinity };
  const grow = () => {
    input.style.height = "auto";
    input.style.height = `${String(input.scrollHeight)}px`;
  };
  const submit = () => {
    const text = input.value.trim();
    if (text === "") return;
    input.value = "";
    told.at = -Infinity;
    grow();
    actions.onText(text);
  };
  composer.addEventListener("submit", (event) => {
    event.preventDefault();
    submit();
    input.focus();
  });
  input.addEventListener("keydown", (event) => {
    // Enter that ends a word of an input method is not meant for us.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    submit();
  });
  input.addEventListener("input", () => {
    grow();
    if (input.value.trim() === "" || performance.now() - told.at < typingMs) return;
    told.at = performance.now();
    actions.onTyping();
  });
  for (const picker of pickers) {
    picker.addEventListener("change", () => {
      actions.onFiles([...(picker.files ?? [])]);
      // So that the same file can be chosen again.
      picker.value = "";
      input.focus();
    });
  }
}
