import {
  type CSSVariablesResolver,
  createTheme,
  type MantineColorsTuple,
  Menu,
  Modal,
  Tooltip,
} from '@mantine/core';

/** Both schemes read our tokens; the kit only needs ten of each colour. */
function tuple(token: string): MantineColorsTuple {
  return Array.from({ length: 10 }, () => token) as unknown as MantineColorsTuple;
}

export const theme = createTheme({
  fontFamily: 'var(--font)',
  fontSizes: { xs: '11px', sm: '12px', md: '13px', lg: '15px', xl: '18px' },
  defaultRadius: 4,
  primaryColor: 'accent',
  autoContrast: true,
  luminanceThreshold: 0.25,
  respectReducedMotion: true,
  colors: {
    accent: tuple('#5ec8b0'),
    // The kit paints inputs and menus from these two scales: 4 is a border, 6 and 7 are surfaces.
    dark: [
      '#e6eaf0',
      '#c5ccd6',
      '#9aa5b4',
      '#9aa5b4',
      '#66748a',
      '#2a323d',
      '#1b222b',
      '#151a21',
      '#0e1116',
      '#0a0c10',
    ],
    gray: [
      '#f7f9fb',
      '#eef2f6',
      '#e1e6ec',
      '#cfd6df',
      '#7b879a',
      '#5b6675',
      '#5b6675',
      '#3c4756',
      '#2a3340',
      '#1b2430',
    ],
  },
  components: {
    Modal: Modal.extend({
      defaultProps: {
        centered: true,
        size: 480,
        closeButtonProps: { 'aria-label': 'Close dialog' },
        transitionProps: { duration: 0 },
        overlayProps: { backgroundOpacity: 0.6 },
      },
    }),
    Menu: Menu.extend({ defaultProps: { transitionProps: { duration: 0 } } }),
    Tooltip: Tooltip.extend({ defaultProps: { openDelay: 300, transitionProps: { duration: 0 } } }),
  },
});

const shared = {
  '--mantine-color-body': 'var(--panel)',
  '--mantine-color-text': 'var(--text)',
  '--mantine-color-dimmed': 'var(--muted)',
  '--mantine-color-placeholder': 'var(--muted)',
  '--mantine-color-default': 'var(--panel)',
  '--mantine-color-default-hover': 'var(--hover)',
  '--mantine-color-default-color': 'var(--text)',
  '--mantine-color-default-border': 'var(--control)',
  '--mantine-color-error': 'var(--danger)',
  '--mantine-color-anchor': 'var(--accent)',
  '--mantine-primary-color-filled': 'var(--accent)',
  '--mantine-primary-color-filled-hover': 'var(--accent)',
  '--mantine-primary-color-contrast': 'var(--on-accent)',
  '--mantine-color-disabled': 'var(--raised)',
  '--mantine-color-disabled-color': 'var(--muted)',
};

export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: shared,
  dark: shared,
});
