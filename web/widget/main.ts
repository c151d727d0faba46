import { Widget } from "./widget.ts";
import { readOptions } from "./widget-options.ts";

/*
 * `<script src="https://chat.shop.example/widget.js" async></script>`: the button and the JavaScript API. The panel is
 * asked for when it is opened for the first time, and not before.
 */
const script = document.currentScript;
if (window.Kumusta === undefined && script instanceof HTMLScriptElement) {
  const widget = new Widget(readOptions(script));
  window.Kumusta = widget.api;
  widget.begin();
  window.dispatchEvent(new Event("kumusta.ready"));
}
