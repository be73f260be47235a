import net.loop_b
