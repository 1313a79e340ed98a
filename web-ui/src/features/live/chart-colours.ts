/** The colours of the page as the chart library wants them: read from the tokens, never repeated. */
export type ChartColours = {
  text: string;
  muted: string;
  panel: string;
  border: string;
  up: string;
  down: string;
  accent: string;
  warning: string;
  danger: string;
};

export function chartColours(): ChartColours {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string) => style.getPropertyValue(`--${name}`).trim();
  return {
    text: token('text'),
    muted: token('muted'),
    panel: token('panel'),
    border: token('border'),
    up: token('up'),
    down: token('down'),
    accent: token('accent'),
    warning: token('warning'),
    danger: token('danger'),
  };
}
