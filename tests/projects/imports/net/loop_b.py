import net.loop_a
