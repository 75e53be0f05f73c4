export interface Viewport {
  viewport: { width: number; height: number };
  deviceScaleFactor?: number;
  isMobile?: boolean;
  hasTouch?: boolean;
}

export const desktop: Viewport = { viewport: { width: 1440, height: 900 } };

/** The narrowest phone that is promised. */
export const phone: Viewport = {
  viewport: { width: 360, height: 800 },
  deviceScaleFactor: 2,
  isMobile: true,
  hasTouch: true,
};

/** Device pixels in a CSS pixel, where no picture is taken: nothing else depends on them, and without a GPU painting is slow. */
export const dotsOfTests = 0.25;

/** As wide as 4K. What is cut off doesn't depend on the height, and each line has to be painted without a GPU. */
export const fourK: Viewport = { viewport: { width: 3840, height: 600 } };

/** A desktop at 200 % zoom: half as many CSS pixels, twice as many dots in each. */
export const zoomed: Viewport = { viewport: { width: 720, height: 450 }, deviceScaleFactor: 2 };
