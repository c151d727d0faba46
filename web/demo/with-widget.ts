import type { WidgetApi } from "../widget/widget-api.ts";

/** Does this with the widget, now or as soon as its script has run. */
export function withWidget(use: (widget: WidgetApi) => void): void {
  const begin = () => {
    if (window.Kumusta !== undefined) use(window.Kumusta);
  };
  if (window.Kumusta === undefined) addEventListener("kumusta.ready", begin, { once: true });
  else begin();
}
