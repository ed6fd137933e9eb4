/** Whether a run writes docs/generated/story-of-an-order.md rather than comparing with it. */
export const writesStory = process.env['STOCKPROOF_STORY'] === 'write';
