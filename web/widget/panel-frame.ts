import type { Shell } from "./shell.ts";

const phone = "(max-width: 640px), (max-height: 420px)";

/** Opens and closes: the whole screen on a phone, a window beside the page elsewhere; focus is given back. */
export class PanelFrame {
  readonly #shell: Shell;
  readonly #launcher: HTMLButtonElement;
  #before: HTMLElement | undefined;

  constructor(shell: Shell, launcher: HTMLButtonElement, onClose: () => void) {
    this.#shell = shell;
    this.#launcher = launcher;
    const { dialog, close } = shell;
    close.addEventListener("click", onClose);
    dialog.addEventListener("cancel", (event) => {
      event.preventDefault();
      onClose();
    });
    dialog.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || event.isComposing) return;
      event.preventDefault();
      // Not for the page as well: it may close something of its own.
      event.stopPropagation();
      onClose();
    });
    // The keyboard of a phone covers what is fixed to the screen; only the visual viewport tells by how much.
    visualViewport?.addEventListener("resize", () => this.#fit());
    visualViewport?.addEventListener("scroll", () => this.#fit());
  }

  get isOpen(): boolean {
    return this.#shell.dialog.open;
  }

  /** @param takesFocus false when nobody asked: the page before was left with the panel open */
  open(takesFocus: boolean): void {
    const { dialog, heading, input } = this.#shell;
    if (!dialog.open) {
      const active = document.activeElement;
      this.#before = active instanceof HTMLElement && active !== document.body ? active : undefined;
      // A phone's panel covers the page, so the page is out of reach until it is closed.
      if (matchMedia(phone).matches) dialog.showModal();
      else dialog.setAttribute("open", "");
      this.#launcher.hidden = true;
      this.#fit();
    }
    // In the field a phone would at once show its keyboard over the half of what there is to read.
    if (takesFocus) (matchMedia("(pointer: coarse)").matches ? heading : input).focus();
  }

  close(): void {
    const { dialog } = this.#shell;
    if (!dialog.open) return;
    const hadFocus = dialog.contains(this.#activeHere());
    dialog.close();
    dialog.removeAttribute("style");
    this.#launcher.hidden = false;
    if (!hadFocus) return;
    const host = this.#host();
    if (this.#before === undefined || this.#before === host || !this.#before.isConnected)
      this.#launcher.focus();
    else this.#before.focus();
  }

  #host(): Element | undefined {
    const root = this.#shell.dialog.getRootNode();
    return root instanceof ShadowRoot ? root.host : undefined;
  }

  #activeHere(): Element | null {
    const root = this.#shell.dialog.getRootNode();
    return root instanceof ShadowRoot ? root.activeElement : null;
  }

  #fit(): void {
    const { dialog } = this.#shell;
    if (!dialog.open || visualViewport === null || !matchMedia(phone).matches) return;
    dialog.style.height = `${String(visualViewport.height)}px`;
    dialog.style.top = `${String(visualViewport.offsetTop)}px`;
  }
}
