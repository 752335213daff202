/**
 * For `node --import`: the clock begins at the moment that tests judge by, whatever day it is, and goes on from there. What a
 * document shows is then the same on every day.
 */
const offset = Date.parse('2026-11-23T00:00:00Z') - Date.now();
const now = Date.now;
Date.now = () => now() + offset;
