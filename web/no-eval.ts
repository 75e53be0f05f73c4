import { config } from 'zod/v4/core';

// Zod would test whether it may compile code, and the page's policy reports even an attempt that is caught.
config({ jitless: true });
