from kit.parts.wheel import spin
